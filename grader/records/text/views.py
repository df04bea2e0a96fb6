"""How a tensor that is a view was made of its storage, as the indexing or permuting a person would write."""

from __future__ import annotations

import dataclasses
import math

from grader.records.values import ITEM_SIZES, TensorValue


@dataclasses.dataclass(frozen=True)
class View:
    """The storage has `shape`; `suffix` is the code after it that gives the view."""

    shape: tuple[int, ...]
    suffix: str = ""


def view_of(value: TensorValue) -> View:
    """Return how to write a non-empty tensor from its storage.

    >>> view_of(TensorValue("int8", (3, 2), bytes(6), strides=(1, 3)))
    View(shape=(2, 3), suffix='.t()')
    >>> view_of(TensorValue("int8", (2, 2), bytes(8), strides=(4, 2), offset=1))
    View(shape=(2, 4), suffix='[:, 1::2]')
    """
    held = len(value.data) // ITEM_SIZES[value.dtype]
    strides = value.strides
    if strides is None or (
        value.offset == 0 and math.prod(value.shape) == held and _is_contiguous(value.shape, strides)
    ):
        return View(value.shape)
    return (
        _permuted(value, strides, held)
        or _expanded(value, strides, held)
        or _sliced(value, strides, held)
        or View((held,), f".as_strided({value.shape}, {strides}, {value.offset})")
    )


def _contiguous_strides(shape: tuple[int, ...]) -> tuple[int, ...]:
    strides = []
    step = 1
    for size in reversed(shape):
        strides.append(step)
        step *= size
    return tuple(reversed(strides))


def _is_contiguous(shape: tuple[int, ...], strides: tuple[int, ...]) -> bool:
    expected = _contiguous_strides(shape)
    return all(size == 1 or a == b for size, a, b in zip(shape, strides, expected, strict=True))


def _permuted(value: TensorValue, strides: tuple[int, ...], held: int) -> View | None:
    if value.offset or math.prod(value.shape) != held:
        return None
    order = sorted(range(len(strides)), key=lambda axis: (-strides[axis], -value.shape[axis], axis))
    base = tuple(value.shape[axis] for axis in order)
    if _contiguous_strides(base) != tuple(strides[axis] for axis in order):
        return None
    if order == [1, 0]:
        return View(base, ".t()")
    back = [order.index(axis) for axis in range(len(order))]
    return View(base, f".permute({', '.join(map(str, back))})")


def _expanded(value: TensorValue, strides: tuple[int, ...], held: int) -> View | None:
    if 0 not in strides or value.offset:
        return None
    base = tuple(1 if step == 0 else size for size, step in zip(value.shape, strides, strict=True))
    if math.prod(base) != held or not _is_contiguous(base, strides):
        return None
    return View(base, f".expand({', '.join(map(str, value.shape))})")


def _sliced(value: TensorValue, strides: tuple[int, ...], held: int) -> View | None:
    """Only the last dimension may have a step: any other regular slice can be written so too."""
    if not strides or 0 in strides:
        return None
    outer = (*strides[:-1], 1)
    sizes = []
    for number, (step, within) in enumerate(zip((held, *outer), outer, strict=False)):
        if step % within or (number and step < within):
            return None
        sizes.append(step // within)
    parts = []
    left = value.offset
    for axis, (size, within) in enumerate(zip(sizes, outer, strict=True)):
        start, left = divmod(left, within)
        jump = strides[-1] if axis == len(outer) - 1 else 1
        stop = start + (value.shape[axis] - 1) * jump + 1
        if stop > size:
            return None
        parts.append(_slice_text(start, stop, jump, size))
    while parts and parts[-1] == ":":
        parts.pop()
    return View(tuple(sizes), f"[{', '.join(parts)}]") if parts else None


def _slice_text(start: int, stop: int, jump: int, size: int) -> str:
    ends_itself = len(range(start, size, jump)) == len(range(start, stop, jump))
    text = f"{start or ''}:{'' if ends_itself else stop}"
    return f"{text}:{jump}" if jump != 1 else text
