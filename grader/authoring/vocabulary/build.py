"""Build an `nn.Module` from the plain data that `grader.authoring.strategies.networks` draws."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from grader.records.errors import AuthorError

if TYPE_CHECKING:
    import torch
    from torch import nn

_ARGUMENTS = {
    "Linear": ("in_features", "out_features", "bias"),
    "Conv2d": ("in_channels", "out_channels", "kernel_size", "groups", "bias"),
    "BatchNorm1d": ("num_features", "affine"),
    "BatchNorm2d": ("num_features", "affine"),
    "BatchNorm3d": ("num_features", "affine"),
    "LayerNorm": ("normalized_shape",),
    "Dropout": ("p",),
    "ReLU": (),
    "Tanh": (),
    "Identity": (),
    "Flatten": (),
}
_CONTAINERS = ("Sequential", "Block", "ModuleList", "ModuleDict")


def build(description: Mapping[str, Any]) -> nn.Module:
    """Build the module that a description means, always with the same weights.

    A description is a dict with a `kind`: a layer of torch with its arguments, a container (`Sequential`, `Block`,
    `ModuleList`, `ModuleDict`) with `children` as pairs of name and description, `Plain` (it passes its input on), or
    `Shared` with the id `of` a node before it. Every node may have `class` (it becomes an instance of a subclass of
    that name), `attributes` (set on the instance), `frozen`, `eval` and `id`; the root has `seed` and `dtype`.

    Weights, and running means, are quarters drawn from `seed`; the global random state stays as it is.
    Everything is in training mode unless its node says `eval`. Raises `AuthorError` for an unknown kind.

    >>> layer = {"kind": "Linear", "in_features": 2, "out_features": 3, "bias": False}
    >>> module = build({"kind": "Sequential", "children": [["fc", layer]], "seed": 1, "dtype": "float64"})
    >>> module.fc.weight.dtype, tuple(module.state_dict())
    (torch.float64, ('fc.weight',))
    """
    import torch

    state = torch.get_rng_state()
    try:
        module = _node(description, {})
    finally:
        torch.set_rng_state(state)
    dtype = description.get("dtype", "float32")
    if dtype != "float32":
        module.to(getattr(torch, dtype))
    _fill(module, int(description.get("seed", 0)))
    return module


def _node(description: Mapping[str, Any], known: dict[int, nn.Module]) -> nn.Module:
    kind = description.get("kind")
    if kind == "Shared":
        if description.get("of") not in known:
            raise AuthorError(f"build: nothing before has the id {description.get('of')!r} that is to be shared")
        return known[description["of"]]
    if kind in _CONTAINERS:
        children = [(name, _node(child, known)) for name, child in description["children"]]
        module = _container(str(kind), children, description.get("class"))
    elif kind == "Plain" or kind in _ARGUMENTS:
        module = _leaf(str(kind), description)
    else:
        raise AuthorError(
            f"build: unknown kind {kind!r}",
            hint=f"Known are {', '.join((*_ARGUMENTS, *_CONTAINERS, 'Plain', 'Shared'))}.",
        )
    for name, value in description.get("attributes", {}).items():
        setattr(module, name, value)
    if description.get("frozen"):
        module.requires_grad_(False)
    if description.get("eval"):
        module.training = False  # alone: eval() would take its children along
    if "id" in description:
        known[description["id"]] = module
    return module


def _leaf(kind: str, description: Mapping[str, Any]) -> nn.Module:
    arguments = {name: description[name] for name in _ARGUMENTS.get(kind, ()) if name in description}
    if kind == "Conv2d":
        arguments["padding"] = description["kernel_size"] // 2
    module: nn.Module = _class(kind, description.get("class"))(**arguments)
    return module


def _container(kind: str, children: list[tuple[str, nn.Module]], name: str | None) -> nn.Module:
    module: nn.Module = _class(kind, name)()
    for key, child in children:
        if kind == "ModuleList":
            module.append(child)
        elif kind == "ModuleDict":
            module[key] = child
        else:
            # Not an attribute: a Sequential's children may be called "0".
            module.add_module(key, child)
    return module


def _fill(module: nn.Module, seed: int) -> None:
    """Give parameters and running statistics readable values from the seed."""
    import torch

    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(_quarters(parameter, generator))
        for name, buffer in module.named_buffers():
            if name.endswith("running_mean"):
                buffer.copy_(_quarters(buffer, generator))
            elif name.endswith("running_var"):
                buffer.copy_(_quarters(buffer, generator).abs() + 0.25)


def _quarters(like: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    import torch

    return torch.randint(-7, 8, like.shape, generator=generator) / 4


@functools.cache
def _class(kind: str, name: str | None) -> Any:
    """Return torch's class or ours, or a subclass of it with another name: the same class for the same name."""
    from torch import nn

    base = {"Block": _block, "Plain": _plain}[kind]() if kind in ("Block", "Plain") else getattr(nn, kind)
    return base if name is None else type(name, (base,), {})


@functools.cache
def _block() -> Any:
    from torch import nn

    class Block(nn.Module):  # type: ignore[misc] # mypy does not follow torch
        """Applies its children in order; those of a ModuleList or ModuleDict one by one."""

        __qualname__ = "Block"  # not of this function: an answer may ask for either name

        def forward(self, x: Any) -> Any:
            # Not children(): that passes over a module that comes a second time.
            for child in self._modules.values():
                held = isinstance(child, nn.ModuleList | nn.ModuleDict)
                for module in child._modules.values() if held else [child]:
                    x = module(x)
            return x

    return Block


@functools.cache
def _plain() -> Any:
    from torch import nn

    class Plain(nn.Module):  # type: ignore[misc] # as above
        """Passes its input on."""

        __qualname__ = "Plain"  # not of this function: an answer may ask for either name

        def forward(self, x: Any) -> Any:
            return x

    return Plain
