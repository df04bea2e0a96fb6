"""Right answers to the assignment hooks in other styles than the reference's: all of them must pass."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import torch
from torch import Tensor, nn

from grader.authoring import alternative


@alternative("hooks.capture_activations")
def handles_on_a_stack(model: nn.Module, names: Sequence[str], x: Tensor) -> dict[str, Tensor]:
    every = dict(model.named_modules())
    seen: dict[str, Tensor] = {}
    chosen = [(name, every[name]) for name in names]
    with ExitStack() as stack:
        for name, module in chosen:

            def keep(_module: nn.Module, _args: Any, output: Tensor, name: str = name) -> None:
                seen[name] = torch.clone(output).detach()

            stack.callback(module.register_forward_hook(keep).remove)
        model(x)
    return seen


@alternative("hooks.capture_gradients")
def tensors_that_ask_for_their_gradient(model: nn.Module, x: Tensor) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    handles = []
    for name, module in model.named_modules():
        if any(True for _ in module.children()):
            continue
        keep = lambda _module, _in, out, name=name: found.update({name: out[0].clone()})  # noqa: E731 - a style
        handles.append(module.register_full_backward_hook(keep))
    start = x.detach().clone().requires_grad_(True)
    try:
        total = torch.sum(model(start))
        torch.autograd.grad(total, [start], retain_graph=False)
    finally:
        while handles:
            handles.pop().remove()
    return found


@alternative("hooks.unit_gradients")
def by_a_reciprocal(
    module: nn.Module, grad_input: tuple[Tensor | None, ...], grad_output: tuple[Tensor | None, ...]
) -> tuple[Tensor | None, ...]:
    present = [one for one in grad_input if one is not None]
    scale = torch.stack(present).sum(dim=0).reciprocal() if present else None
    return tuple(one * scale if one is not None else None for one in grad_input)


@alternative("hooks.unit_gradients")
def by_division_of_a_stack(
    module: nn.Module, grad_input: tuple[Tensor | None, ...], grad_output: tuple[Tensor | None, ...]
) -> tuple[Tensor | None, ...]:
    total: Any = 0.0
    for one in reversed(grad_input):
        if one is not None:
            total = total + one
    return tuple(torch.div(one, total) if one is not None else None for one in grad_input)


@alternative("hooks.clip_gradients")
def by_minimum_and_maximum(model: nn.Module, limit: float) -> list[Any]:
    def clip(gradient: Tensor) -> Tensor:
        bound = torch.full_like(gradient, limit)
        return torch.maximum(torch.minimum(gradient, bound), -bound)

    return [one.register_hook(clip) for one in model.parameters() if one.requires_grad]


@alternative("hooks.scale_input")
def with_a_list_of_arguments(module: nn.Module, factor: float) -> Any:
    def scale(_module: nn.Module, args: tuple[Any, ...]) -> tuple[Any, ...]:
        changed = list(args)
        changed[0] = torch.mul(factor, changed[0])
        return tuple(changed)

    return module.register_forward_pre_hook(scale)


@alternative("hooks.add_five")
def added_to_a_new_tensor(module: nn.Module, args: tuple[Any, ...], output: Tensor) -> Tensor:
    return torch.add(output, 5)


@alternative("hooks.record_weight_gradient")
def detached_copies(parameter: nn.Parameter) -> tuple[list[Tensor], Any]:
    kept: list[Tensor] = []
    return kept, parameter.register_hook(lambda gradient: kept.append(gradient.detach().clone()))
