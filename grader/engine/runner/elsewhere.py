"""A device that is not there: tensors that say they are on it, compute on the CPU and refuse to meet the CPU's.

No driver is needed, values are real, and gradients, modules and optimizers work as on a device that is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from grader.engine.runner.trace import is_in_place

DEVICE = torch.device("lazy")
"""A device type of torch's that needs no driver, not even for a backward pass; what computes for it is not loaded."""
_CPU = torch.device("cpu")
_aten = torch.ops.aten
_COPIES = frozenset({_aten.copy_.default, _aten._to_copy.default})
_TOS = frozenset({_aten.to.device, _aten.to.dtype, _aten.to.other, _aten.to.dtype_layout})
_INDEXING = frozenset(
    {_aten.index.Tensor, _aten.index_put.default, _aten.index_put_.default, _aten._index_put_impl_.default}
)


class MixedDevices(RuntimeError):
    """Tensors of the device met tensors of the CPU, where torch would not have it."""


class Elsewhere(torch.Tensor):  # type: ignore[misc]  # torch's class is untyped
    """A tensor on the device, around one on the CPU that holds its elements.

    >>> x = Elsewhere(torch.ones(2))
    >>> (x + x).device, (x + x).cpu()
    (device(type='lazy'), tensor([2., 2.]))
    >>> x + torch.ones(2)
    Traceback (most recent call last):
    grader.engine.runner.elsewhere.MixedDevices: Expected all tensors to be on the same device
    """

    inner: torch.Tensor

    @staticmethod
    def __new__(cls, inner: torch.Tensor, requires_grad: bool = False) -> Elsewhere:
        """Make one around a tensor on the CPU that has no history."""
        made: Elsewhere = torch.Tensor._make_wrapper_subclass(
            cls,
            inner.size(),
            strides=inner.stride(),
            storage_offset=inner.storage_offset(),
            dtype=inner.dtype,
            device=DEVICE,
            requires_grad=requires_grad,
        )
        made.inner = inner
        return made

    def __tensor_flatten__(self) -> tuple[list[str], None]:
        """Return the attributes that hold tensors: a module that is moved swaps its parameters in place for such."""
        return ["inner"], None

    @staticmethod
    def __tensor_unflatten__(tensors: dict[str, torch.Tensor], meta: None, size: object, stride: object) -> Elsewhere:
        """Return a tensor from what `__tensor_flatten__` told."""
        return Elsewhere(tensors["inner"])

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        """Return how it is made again from a file: on the device, as a tensor of a device that is there would be."""
        return _made_again, (self.inner,)

    @classmethod
    def __torch_dispatch__(
        cls, func: Any, types: Iterable[type], args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Do the work of an operator."""
        return _run(func, args, kwargs or {})


Elsewhere.__torch_function__ = torch._C._disabled_torch_function_impl


def _made_again(inner: torch.Tensor) -> Elsewhere:
    return Elsewhere(inner)


torch.serialization.add_safe_globals([_made_again])  # what was saved is loaded again as weights only, too


class Device(TorchDispatchMode):  # type: ignore[misc]  # torch's class is untyped
    """Makes tensors on the device where they are asked for: `torch.zeros(2, device=x.device)`."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # nothing is compiled here, and to be left out of it loads half of torch

    def __torch_dispatch__(
        self, func: Any, types: Iterable[type], args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Do the work of an operator."""
        return _run(func, args, kwargs or {})


class Numbers(TorchFunctionMode):  # type: ignore[misc]  # torch's class is untyped
    """Has Python's numbers copied to the device: below that, nothing can put another in its place."""

    def __torch_function__(
        self, func: Any, types: Iterable[type], args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Do the work of a torch function."""
        return call(func, args, kwargs or {})


_MAKERS = frozenset({torch.tensor, torch.as_tensor, torch.asarray, torch.Tensor.new_tensor})
_ITEMS = frozenset({torch.Tensor.__getitem__, torch.Tensor.__setitem__})


def call(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Call a torch function, by way of the CPU where it copies Python's numbers to the device."""
    if func in _ITEMS and isinstance(args[0], Elsewhere):
        return func(args[0], _index(args[1]), *args[2:])
    if func is torch.Tensor.tolist and isinstance(args[0], Elsewhere):
        return args[0].inner.tolist()
    if func not in _MAKERS:
        return func(*args, **kwargs)
    asked = kwargs.get("device", args[0].device if func is torch.Tensor.new_tensor else None)
    if asked is None or torch.device(asked).type != DEVICE.type:
        return func(*args, **kwargs)
    others = {name: value for name, value in kwargs.items() if name != "requires_grad"}
    made = func(*args, **{**others, "device": "cpu"}).to(DEVICE)
    return made.requires_grad_() if kwargs.get("requires_grad") else made


def _index(thing: Any) -> Any:
    """Return an index with its lists as tensors of the CPU: these may index one on the device."""
    if type(thing) is tuple:
        return tuple(map(_index, thing))
    if type(thing) is list and not any(isinstance(item, slice | torch.Tensor) or item in (None, ...) for item in thing):
        return torch.tensor(thing, dtype=None if thing else torch.long)
    return thing


def tensors_in(thing: Any, depth: int = 0) -> Iterator[torch.Tensor]:
    """Yield the tensors among a function's arguments or results."""
    if isinstance(thing, torch.Tensor):
        yield thing
    elif isinstance(thing, list | tuple) and depth < 4:
        for item in thing:
            yield from tensors_in(item, depth + 1)


def _run(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if func in _TOS:
        return _to(func, args, kwargs)
    given = list(tensors_in((args, tuple(kwargs.values()))))
    held = {id(tensor.inner): tensor for tensor in given if isinstance(tensor, Elsewhere)}
    asked = kwargs.get("device")
    if held:
        _check(func, args, given)
    result = func(*_each(_inner, args), **{name: _each(_inner, value) for name, value in _on_cpu(kwargs).items()})
    there = bool(held)
    if asked is not None:
        there = torch.device(asked).type == DEVICE.type
    elif func in _COPIES:
        there = isinstance(args[0], Elsewhere)

    def outer(tensor: torch.Tensor) -> torch.Tensor:
        same = held.get(id(tensor))
        if same is not None:
            return same
        return Elsewhere(tensor) if there and not any(tensor is one for one in given) else tensor

    return _each(outer, result)


def _to(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Do the work of `to` in one of its forms: without autograd (`torch.inference_mode`) it comes here whole."""
    asked = {name: kwargs.get(name) for name in ("device", "dtype")}
    if func is _aten.to.other:
        asked = {"device": args[1].device, "dtype": args[1].dtype}
    elif func is not _aten.to.dtype_layout:
        asked |= dict(zip(("device", "dtype") if func is _aten.to.device else ("dtype",), args[1:3], strict=False))
    wanted = {name: value for name, value in asked.items() if value is not None}
    if all(getattr(args[0], name) == value for name, value in wanted.items()) and not kwargs.get("copy"):
        return args[0]
    return _run(_aten._to_copy.default, args[:1], wanted)


def _check(func: Any, args: tuple[Any, ...], given: list[torch.Tensor]) -> None:
    """Raise `MixedDevices` where torch would refuse tensors of two devices."""
    if func in _COPIES or func is _aten._pack_padded_sequence.default:  # that one wants its lengths on the CPU
        return
    strangers = [tensor for tensor in given if not isinstance(tensor, Elsewhere)]
    if func in _INDEXING:  # indices may be on the CPU
        values = args[2] if len(args) > 2 else args[0]
        mixed = any(not isinstance(one, Elsewhere) for one in (args[0], values) if one.dim())
    else:
        changed = is_in_place(func._schema.name) and not isinstance(args[0], Elsewhere)
        mixed = changed or any(tensor.dim() for tensor in strangers)  # a number on the CPU may meet all
    if mixed:
        raise MixedDevices("Expected all tensors to be on the same device")


def _on_cpu(kwargs: dict[str, Any]) -> dict[str, Any]:
    asked = kwargs.get("device")
    return {**kwargs, "device": _CPU} if asked is not None and torch.device(asked).type == DEVICE.type else kwargs


def _inner(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.inner if isinstance(tensor, Elsewhere) else tensor


def _each(change: Callable[[torch.Tensor], torch.Tensor], thing: Any) -> Any:
    if isinstance(thing, torch.Tensor):
        return change(thing)
    if type(thing) in (list, tuple):
        return type(thing)(_each(change, item) for item in thing)
    return thing
