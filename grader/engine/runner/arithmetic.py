"""Double precision with random errors at will: what a calculation's rounding errors could have been.

The method is Monte Carlo arithmetic in its variant "precision bounding" (Parker 1997; Verificarlo's mode `pb`), a
descendant of CESTAC (Vignes, La Porte 1974): each operand of each operation is changed by a random relative error of at
most `step`, while the operation itself is done in double precision. The spread of a few such runs is what rounding to
that many digits does to the result, cancellation in the middle of a calculation included. The operations seen are those
that torch dispatches, those on the way back through the graph too.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode

_WIDE = {torch.float32: torch.float64, torch.complex64: torch.complex128}
_NARROW = {torch.float64: torch.float32, torch.complex128: torch.complex64}
_HALVES = {torch.float16: torch.float64, torch.bfloat16: torch.float64}

_POOL = 1 << 14
"""How many random numbers are made; they are used again and again, from other places on."""

_EXACT = frozenset(
    [
        "_assert_async",
        "_local_scalar_dense",
        "abs",
        "amax",
        "amin",
        "any",
        "all",
        "arange",
        "argmax",
        "argmin",
        "argsort",
        "as_strided_scatter",
        "bitwise_and",
        "bitwise_not",
        "bitwise_or",
        "bucketize",
        "cat",
        "ceil",
        "clone",
        "constant_pad_nd",
        "copy",
        "copysign",
        "count_nonzero",
        "cummax",
        "cummin",
        "diagonal_scatter",
        "empty",
        "empty_like",
        "empty_strided",
        "eq",
        "equal",
        "eye",
        "fill",
        "flip",
        "floor",
        "full",
        "full_like",
        "gather",
        "ge",
        "gt",
        "index",
        "index_fill",
        "index_put",
        "index_select",
        "is_same_size",
        "isfinite",
        "isinf",
        "isnan",
        "kthvalue",
        "le",
        "lift_fresh_copy",
        "logical_and",
        "logical_not",
        "logical_or",
        "lt",
        "masked_fill",
        "masked_scatter",
        "masked_select",
        "max",
        "maximum",
        "median",
        "min",
        "minimum",
        "mode",
        "ne",
        "neg",
        "new_empty",
        "new_empty_strided",
        "new_full",
        "new_ones",
        "new_zeros",
        "nonzero",
        "one_hot",
        "ones",
        "ones_like",
        "reflection_pad1d",
        "reflection_pad2d",
        "relu",
        "repeat",
        "repeat_interleave",
        "replication_pad1d",
        "replication_pad2d",
        "roll",
        "round",
        "scalar_tensor",
        "scatter",
        "searchsorted",
        "select_backward",
        "select_scatter",
        "sgn",
        "sign",
        "signbit",
        "slice_backward",
        "slice_scatter",
        "sort",
        "stack",
        "take",
        "threshold",
        "threshold_backward",
        "topk",
        "tril",
        "triu",
        "trunc",
        "unfold_backward",
        "unique_consecutive",
        "unique_dim",
        "where",
        "zero",
        "zeros",
        "zeros_like",
        "max_pool2d_with_indices",
        "embedding",
        "_to_copy",
        "_unique2",
        "_pin_memory",
    ]
)
"""Operations that only move, choose or compare: they round nothing."""

_NEVER_DRAWS = frozenset(["_scaled_dot_product_flash_attention_for_cpu"])
"""Operations that torch tags as random for a dropout that they do not support."""


@functools.cache
def _traits(func: Any) -> tuple[bool, bool, bool, bool]:
    """Return whether an operation yields a view, writes into its first argument, draws at random, is exact."""
    schema = func._schema
    views = any(ret.alias_info is not None and not ret.alias_info.is_write for ret in schema.returns)
    name = str(func.overloadpacket).partition(".")[2]
    random = torch.Tag.nondeterministic_seeded in func.tags and name not in _NEVER_DRAWS
    exact = name.rstrip("_") in _EXACT or func.namespace != "aten"
    return views, schema.is_mutable, random, exact


class DoubleArithmetic(TorchDispatchMode):  # type: ignore[misc]  # torch does not type it
    """Everything in float64, with operands that are off by a random share of at most `step`.

    >>> with DoubleArithmetic(0.0, 0):
    ...     third = torch.tensor([1.0]).double() / 3
    >>> third.dtype
    torch.float64
    """

    def __init__(self, step: float, seed: int, *, halves: bool = False) -> None:
        super().__init__()
        self._step = step
        self._factors = noise(seed).mul(step).add_(1) if step else None
        self._used = 0
        self._wide = {**_WIDE, **_HALVES} if halves else _WIDE

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        views, writes, random, exact = _traits(func)
        if views and not writes:
            return func(*args, **kwargs)
        if random:
            return self._drawn(func, args, kwargs, writes)
        change = self._widen if exact or not self._step else self._disturb
        if writes:
            return self._written(func, args, kwargs, change)
        result = func(*_mapped(change, args), **{name: _each(change, thing) for name, thing in kwargs.items()})
        return _each(self._widen, result)

    def _widen(self, thing: Any) -> Any:
        if isinstance(thing, torch.Tensor):
            wide = self._wide.get(thing.dtype)
            return thing if wide is None else thing.to(wide)
        return self._wide.get(thing, thing) if isinstance(thing, torch.dtype) else thing

    def _disturb(self, thing: Any) -> Any:
        thing = self._widen(thing)
        if not isinstance(thing, torch.Tensor) or thing.dtype not in _NARROW or thing.layout != torch.strided:
            return thing
        count = thing.numel()
        start = self._used % (_POOL // 2)
        self._used = start + count + 1
        assert self._factors is not None
        factors = self._factors[start : start + count]
        if len(factors) < count:
            factors = self._factors.repeat(count // _POOL + 1)[:count]
        return thing * factors.view(thing.shape)

    def _written(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any], change: Callable[[Any], Any]) -> Any:
        """Run an operation that writes: what it writes into keeps its identity, the rest takes its dtype."""
        first, rest = args[:1], _mapped(change, args[1:])
        target = first[0] if first and isinstance(first[0], torch.Tensor) else None
        if target is not None and target.dtype in _NARROW.values():
            rest = _mapped(lambda thing: _cast(thing, target.dtype), rest)
        return func(*first, *rest, **kwargs)

    def _drawn(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any], writes: bool) -> Any:
        """Draw what single precision draws: another width would take other numbers from the generator."""
        if writes and args and isinstance(args[0], torch.Tensor) and args[0].dtype in _NARROW:
            drawn = torch.empty_like(args[0], dtype=_NARROW[args[0].dtype])
            func(drawn, *_mapped(_narrow, args[1:]), **kwargs)
            return args[0].copy_(drawn)
        result = func(*_mapped(_narrow, args), **kwargs)
        return _each(self._widen, result)


@functools.lru_cache(maxsize=8)
def noise(seed: int) -> torch.Tensor:
    """Return random numbers in -1..1, the same ones for every size of error: then a slope shows as one.

    An odd seed's are the opposite of those before it, so that both sides of a kink are seen.
    """
    drawn = torch.rand(_POOL, dtype=torch.float64, generator=torch.Generator().manual_seed(seed // 2))
    return drawn.mul_(2).sub_(1).mul_(-1 if seed % 2 else 1)


def _each(change: Callable[[Any], Any], thing: Any) -> Any:
    """Change a tensor or what a list or tuple holds; everything else as it is."""
    if isinstance(thing, tuple | list):
        return type(thing)(_each(change, item) for item in thing)
    return change(thing)


def _mapped(change: Callable[[Any], Any], things: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_each(change, thing) for thing in things)


def _narrow(thing: Any) -> Any:
    if isinstance(thing, torch.Tensor):
        return thing.to(_NARROW.get(thing.dtype, thing.dtype))
    return thing


def _cast(thing: Any, dtype: torch.dtype) -> Any:
    return thing.to(dtype) if isinstance(thing, torch.Tensor) and thing.dtype in _NARROW else thing


class Widths(TorchDispatchMode):  # type: ignore[misc]  # torch does not type it
    """Notes which floating dtypes a calculation passes through, and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[torch.dtype] = set()

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        _each(self._note, (args, result))
        return result

    def _note(self, thing: Any) -> None:
        if isinstance(thing, torch.Tensor) and (thing.is_floating_point() or thing.is_complex()):
            self.seen.add(thing.dtype)
