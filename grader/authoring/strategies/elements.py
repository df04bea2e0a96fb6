"""Elements of drawn tensors: one string of random bytes mapped through a table whose front is plain.

A table begins with 0 (or the number nearest to it that the bounds admit), 1, 2, -1 and so on, so that shrinking gives
small readable numbers. Most floating numbers are quarters within -8..8: products and sums of a few of them are exact in
float32, whatever the order of summation, so right answers agree to the bit. The style `fine` draws decimals that no
binary format holds, so that digits lost on the way show; `wide` and `far` draw large numbers, and numbers that lie
close together but far from 0: only a corner asks for these two, since what is badly conditioned mostly teaches nothing.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.authoring.strategies.context import DrawContext
from grader.records.errors import AuthorError
from grader.records.values import ITEM_SIZES, element_count

Array = np.ndarray[Any, Any]

FAMILIES: dict[str, tuple[str, ...]] = {
    "floating": ("float32", "float64", "float32"),
    "number": ("float32", "int64", "float64", "float32"),
    "any": ("float32", "int64", "float64", "bool"),
    "integer": ("int64", "int32"),
}
DRAWABLE = tuple(name for name in ITEM_SIZES if name not in ("bfloat16", "complex64", "complex128"))

_QUARTERS: tuple[int, ...] = (
    *(0, 4, 8, -4, 12, -8, 2, -12, -2, 1, -1, 6, -6, 3, -3, 10, 5, -5, 7, -7, 9, -9, 11, -13, 16, -16, 21, -22),
    *(26, -27, 29, -31, 32, -32),
)
_WIDE = (4, 8, -4, 12, -8, 5, -12, 6, -6, 7, -7, 9, -9, 10, 11, -11, 13, -10, 14, -14)
_WHOLE = (0, 1, 2, -1, 3, -2, 4, -3, 5, -4, -5, 6, -6, 7, -7, 8, -8, 9, -9, 10, -10, 11, 12, 13)
_GRID = 16
_COMMON = 192
"""Where special elements are asked for, a quarter of the elements is special."""
LARGE_FLOAT = 1024.0
FAR = 1000.0
LARGE_INT = (1 << 24) + 1
"""Not a float32: an answer that goes through float32 loses it."""


def check_dtype(dtype: object) -> str:
    """Return the name of a dtype or family, which may be torch's or numpy's own object.

    Raises `AuthorError` when there is none of that name.

    >>> check_dtype("int64"), check_dtype(np.float32)
    ('int64', 'float32')
    """
    name = dtype.__name__ if isinstance(dtype, type) else str(dtype).removeprefix("torch.")
    if name not in FAMILIES and name not in DRAWABLE:
        raise AuthorError(f"dtype {dtype!r} cannot be drawn", hint=f"Use one of {', '.join((*FAMILIES, *DRAWABLE))}.")
    return name


def draw_dtype(dtype: str, context: DrawContext) -> str:
    """Return a dtype, drawn once per example for all arguments that name the same family."""
    family = FAMILIES.get(dtype)
    if family is None:
        return dtype
    if dtype not in context.dtypes:
        context.dtypes[dtype] = context.pick("dtype", family, dtype)
    return context.dtypes[dtype]


def draw_elements(
    shape: tuple[int, ...],
    dtype: str,
    context: DrawContext,
    *,
    low: float | None = None,
    high: float | None = None,
    ties: bool = False,
    distinct: bool = False,
    special: tuple[float, ...] = (),
) -> Array:
    """Draw a row-major array of this shape and dtype with elements in [low, high], and sometimes special ones."""
    count = element_count(shape)
    if count == 0:
        return np.zeros(shape, dtype)
    if dtype == "bool":
        return context.numbers(count, 2).astype(bool).reshape(shape)
    style = context.pick("elements", _styles(dtype, low, high, ties, distinct))
    # Every style uses up the same bytes: while shrinking, another style keeps its place in the sequence of choices.
    numbers = context.numbers(count, 256)
    if style != "ties":
        # Shrunk to zeros, they count up from 1: a swap of two elements, or one left out, shows in the counterexample.
        numbers = (numbers + np.arange(1, count + 1)) % 256
    if style == "distinct":
        result = _distinct(numbers, dtype, low, high)
    elif style == "fine":
        result = _fine(numbers, dtype, low, high)
    else:
        table = _table(dtype, low, high, style)
        result = table[numbers % len(table)]
    if special and dtype.startswith("float") and context.pick("special", (False, True)):
        choice = context.numbers(count, 256)
        result = np.where(choice >= _COMMON, np.array(special, dtype)[choice % len(special)], result)
    return result.reshape(shape)


@functools.cache
def _styles(dtype: str, low: float | None, high: float | None, ties: bool, distinct: bool) -> Sequence[str]:
    if distinct:
        return ("distinct",)
    styles = ["small", "distinct"] if _room(dtype, low, high) else ["small"]
    if ties:
        styles += ["ties", "ties"]
    elif _free(dtype) and dtype != "int64":
        styles += ["fine"]
    if _free(dtype) and high is None and (low is None or low >= 0):
        styles += ["large"] if dtype == "int64" else ["wide", "far"]
    if _free(dtype) and low is None and (high is None or high > 0):
        styles += ["negative"]
    return tuple(styles)


def _free(dtype: str) -> bool:
    return dtype in ("float32", "float64", "int64")


def _room(dtype: str, low: float | None, high: float | None) -> bool:
    """Tell whether the bounds leave room for as many distinct numbers as an ordinary tensor has."""
    return _free(dtype) and (low is None or high is None or dtype != "int64")


@functools.cache
def _table(dtype: str, low: float | None, high: float | None, style: str) -> Array:
    numbers = _candidates(dtype, low, high)
    if style == "ties":
        numbers = numbers[: max(2, min(3, len(numbers)))]
    elif style == "negative":
        numbers = [number for number in numbers if number < 0] or numbers
    elif style == "wide":
        numbers = [quarter / 4 * LARGE_FLOAT for quarter in _WIDE if low is None or quarter > 0]
    elif style == "far":
        numbers = [FAR + number for number in numbers]
    elif style == "large":
        numbers = [number * LARGE_INT for number in numbers]
    return np.array(numbers, dtype)


def _candidates(dtype: str, low: float | None, high: float | None) -> list[float]:
    floating = dtype.startswith("float")
    bottom, top = _limits(dtype, low, high)
    plain = [quarter / 4 for quarter in _QUARTERS] if floating else list(_WHOLE)
    numbers = [n for n in plain if (bottom is None or n >= bottom) and (top is None or n <= top)]
    if len(numbers) < 8:
        numbers = _between(numbers, bottom, top, floating)
    if not floating and bottom is not None and top is not None and top - bottom <= 255:
        numbers += sorted(set(range(int(bottom), int(top) + 1)) - set(numbers))
    if not numbers:
        raise AuthorError(f"no {dtype} lies in {low}..{high}", hint="Mend low and high.")
    return numbers


def _between(numbers: list[float], bottom: float | None, top: float | None, floating: bool) -> list[float]:
    """Add numbers of a grid between the bounds, or from the one bound there is."""
    if bottom is None:
        extra = [] if top is None else [top - step for step in range(_GRID)]
    elif top is None:
        extra = [bottom + step for step in range(_GRID)]
    elif floating:
        extra = [bottom + (top - bottom) * step / _GRID for step in range(_GRID + 1)] if bottom <= top else []
    else:
        extra = [bottom + step for step in range(min(_GRID, int(top - bottom) + 1))]
    return list(dict.fromkeys(numbers + extra))


def _limits(dtype: str, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """Narrow the bounds to what the dtype holds."""
    if dtype.startswith("float"):
        return low, high
    low, high = None if low is None else math.ceil(low), None if high is None else math.floor(high)
    if dtype == "int64":
        return low, high
    limits = np.iinfo(dtype)
    return limits.min if low is None else max(low, limits.min), limits.max if high is None else min(high, limits.max)


def _fine(keys: Array, dtype: str, low: float | None, high: float | None) -> Array:
    """Return different decimals in the order of the keys, at uneven distances; most within -8..8."""
    count = len(keys)
    ranks = np.argsort(np.argsort(keys, kind="stable"))
    steps = ranks + 0.013 * (keys % 53)
    if low is not None and high is not None:
        return (low + (high - low) * steps / count).astype(dtype)
    step = max(round(min(1.37, 16 / count), 2), 0.01)
    start = -0.87 - step * (count // 2)
    if low is not None:
        start = max(start, low)
    if high is not None:
        start = min(start, high - step * count)
    return np.round(start + step * steps, 3).astype(dtype)


def _distinct(keys: Array, dtype: str, low: float | None, high: float | None) -> Array:
    """Return pairwise different numbers in the order of the keys; equal keys keep them rising."""
    count = len(keys)
    ranks = np.argsort(np.argsort(keys, kind="stable"))
    if low is not None and high is not None and dtype.startswith("float"):
        return (low + (high - low) * ranks / max(count - 1, 1)).astype(dtype)
    bottom, top = _limits(dtype, low, high)
    if bottom is not None and top is not None and top - bottom + 1 < count:
        raise AuthorError(
            f"{count} distinct {dtype} elements do not fit into {bottom:g}..{top:g}",
            hint="Widen low and high, or lower max_size.",
        )
    start: float = -(count // 3)
    if bottom is not None:
        start = max(start, bottom)
    if top is not None:
        start = min(start, top - count + 1)
    return (ranks + start).astype(dtype)
