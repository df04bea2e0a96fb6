"""Altered examples: inputs of the same shape with other numbers, and whether a result follows one or the other."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import numpy

from grader.judging.checks.elements import decode
from grader.records.observations import Example
from grader.records.values import FLOATING, ArrayValue, LawfulValue, MappingValue, SequenceValue, TensorValue, Value

Follows = Literal["kept", "broken", "silent"]

_NEAR = 0.25
"""Share of the distance between two results within which a third one counts as the nearer one."""
_ROUNDING = 1e-5


def altered(example: Example, near: bool) -> Example:
    """Return an example of the same shape with other numbers; with `near`, with such as `isclose` calls equal.

    Floating numbers are turned around and drawn together, so that they stay in their range as far as that is known;
    others only change places, so that an index stays one.
    """
    arguments = {name: _changed(value, near) for name, value in example.arguments.items()}
    return Example(arguments, (), example.seed)


def without_gradients(example: Example) -> Example:
    """Return an example without gradients."""
    return Example(example.arguments, (), example.seed)


def _changed(value: Value, near: bool) -> Value:
    if isinstance(value, TensorValue | ArrayValue):
        flat = _flat(value)
        changed = _other_numbers(flat, value.dtype, near)
        return msgspec.structs.replace(value, data=_encoded(changed, value.dtype))
    if isinstance(value, SequenceValue):
        return msgspec.structs.replace(value, items=tuple(_changed(item, near) for item in value.items))
    if isinstance(value, MappingValue):
        return msgspec.structs.replace(value, items=tuple((key, _changed(item, near)) for key, item in value.items))
    return value


def _flat(value: TensorValue | ArrayValue) -> Any:
    size = {"bfloat16": 2, "bool": 1}.get(value.dtype) or numpy.dtype(value.dtype).itemsize
    return decode(TensorValue(value.dtype, (len(value.data) // size,), value.data))


def _other_numbers(flat: Any, dtype: str, near: bool) -> Any:
    if dtype not in FLOATING:
        return flat if near else numpy.roll(flat, 1)
    with numpy.errstate(all="ignore"):
        return flat * (1 + 2e-6) + 4e-9 if near else flat[::-1] * 0.5 + 0.375


def _encoded(flat: Any, dtype: str) -> bytes:
    if dtype == "bfloat16":
        bits: bytes = (flat.astype("<f4").view("<u4") >> 16).astype("<u2").tobytes()
        return bits
    if dtype == "bool":
        return bytes(flat.astype("u1").tobytes())
    return bytes(flat.astype(numpy.dtype(dtype).newbyteorder("<")).tobytes())


def follows(own: Value, other: Value, found: Value) -> Follows:
    """Say whether `found` is the `other` result and not the `own` one; `silent` where the two do not differ.

    >>> one, two = TensorValue("bool", (1,), b"\\x01"), TensorValue("bool", (1,), b"\\x00")
    >>> follows(one, two, two), follows(one, two, one), follows(one, one, one)
    ('kept', 'broken', 'silent')
    """
    mine, others, third = _leaves(own), _leaves(other), _leaves(found)
    if mine == others:
        return "silent"
    if third == others:
        return "kept"
    same = len(mine) == len(others) == len(third)
    return "kept" if same and all(map(_near, mine, others, third)) else "broken"


def _leaves(value: Value) -> list[Value]:
    if isinstance(value, LawfulValue):
        return _leaves(value.value)
    if isinstance(value, SequenceValue):
        return [leaf for item in value.items for leaf in _leaves(item)]
    if isinstance(value, MappingValue):
        return [leaf for _, item in value.items for leaf in _leaves(item)]
    if isinstance(value, TensorValue):
        return [TensorValue(value.dtype, value.shape, value.data)]  # gradients are another matter
    return [value]


def _near(own: Value, other: Value, found: Value) -> bool:
    if found == other:
        return True
    if isinstance(other, float) and isinstance(own, float) and isinstance(found, float):
        return _all_near(numpy.float64(own), numpy.float64(other), numpy.float64(found))
    if not all(isinstance(value, TensorValue | ArrayValue) for value in (own, other, found)):
        return False
    assert isinstance(own, TensorValue | ArrayValue)
    assert isinstance(other, TensorValue | ArrayValue)
    assert isinstance(found, TensorValue | ArrayValue)
    if not own.shape == other.shape == found.shape or other.dtype != found.dtype or other.dtype not in FLOATING:
        return False
    return _all_near(decode(own), decode(other), decode(found))


def _all_near(own: Any, other: Any, found: Any) -> bool:
    with numpy.errstate(all="ignore"):
        apart, off = numpy.abs(own - other), numpy.abs(found - other)
        allowed = numpy.where(apart > 0, _NEAR * apart, _ROUNDING * (numpy.abs(other) + 1))
        return bool(numpy.all((off <= allowed) | (found == other) | ~numpy.isfinite(other)))
