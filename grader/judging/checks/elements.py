"""Elementwise difference of two tensors or arrays of one shape, measured for a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from grader.records.limits import Limit
from grader.records.text.saying import say
from grader.records.values import FLOATING, ArrayValue, TensorValue

TOLERANCES: dict[str, tuple[float, float]] = {
    "float16": (2e-3, 1e-3),
    "bfloat16": (1.6e-2, 1e-2),
    "float32": (1e-5, 1e-5),
    "float64": (1e-8, 1e-8),
    "complex64": (1e-5, 1e-5),
    "complex128": (1e-8, 1e-8),
}
"""(relative, absolute) by the expected dtype; of the order of torch.testing's, but float32's digits are too few for
float64. What torch itself cuts off, such as softplus above 20, is less."""

_SCALE = 0.1
"""Share of the relative tolerance that also applies to the greatest magnitude: sums that cancel lose digits."""


def decode(value: TensorValue | ArrayValue) -> Any:
    """Return the elements as a numpy array of the value's shape; bfloat16 as float32.

    >>> decode(TensorValue("int64", (1, 2), bytes([1] + 7 * [0] + [2] + 7 * [0]))).tolist()
    [[1, 2]]
    """
    if value.dtype == "bfloat16":
        bits = numpy.frombuffer(value.data, dtype="<u2").astype("<u4") << 16
        return bits.view("<f4").reshape(value.shape)
    if value.dtype == "bool":
        return numpy.frombuffer(value.data, dtype="u1").reshape(value.shape) != 0
    return numpy.frombuffer(value.data, dtype=numpy.dtype(value.dtype).newbyteorder("<")).reshape(value.shape)


def difference(
    expected: TensorValue | ArrayValue,
    actual: TensorValue | ArrayValue,
    rtol: float | None = None,
    atol: float | None = None,
    limit: Callable[[], Limit | None] = lambda: None,
) -> str | None:
    """Return how two tensors of one shape differ, in a sentence with numbers, or None when they do not.

    Floating elements may differ from the expected by `atol + rtol * |expected|`, the dtype's own unless given; where
    the author gives none, also from the truth by what `limit()` allows, which is asked for only then. Others may not
    differ at all. NaN equals NaN and nothing else; an infinity equals itself.
    """
    if expected.dtype == actual.dtype and expected.data == actual.data:
        return None
    left, right = decode(expected), decode(actual)
    if expected.dtype not in FLOATING and actual.dtype not in FLOATING:
        wrong = left != right
        return _described(left, right, wrong, None) if wrong.any() else None
    given = rtol is not None or atol is not None
    own = TOLERANCES.get(expected.dtype, TOLERANCES["float32"])
    rtol, atol = own[0] if rtol is None else rtol, own[1] if atol is None else atol
    with numpy.errstate(all="ignore"):
        allowed, wrong = _wrong(_wide(left), _wide(right), rtol, atol)
    known = None if given or not wrong.any() else limit()
    if known is not None and known.shape == left.shape:
        return _from_truth(left, right, known, wrong, allowed)
    return _described(left, right, wrong, allowed) if wrong.any() else None


def _from_truth(left: Any, right: Any, limit: Limit, wrong: Any, near_expected: Any) -> str | None:
    """Judge by the distance from the truth what the tolerances of the dtypes refuse.

    Where the expected result itself lies too far from it, double precision answers another question (a rounded place
    in an image, say): there only what is near the expected result is right.
    """
    truth = numpy.frombuffer(limit.truth, limit.dtype).reshape(limit.shape)
    allowed = numpy.frombuffer(limit.allowed, "float32").reshape(limit.shape).astype(numpy.float64)
    wide, got = _wide(left), _wide(right)
    with numpy.errstate(all="ignore"):
        same = (wide == got) | (numpy.isnan(wide) & numpy.isnan(got))
        near = numpy.abs(got - truth) <= allowed
        apart = ~(numpy.abs(wide - truth) <= allowed)
        wrong = wrong & ~(same | (near & ~apart) | (apart & (numpy.abs(got - wide) <= allowed)))
    return _described(left, right, wrong, numpy.maximum(allowed, near_expected)) if wrong.any() else None


def _wide(array: Any) -> Any:
    return array.astype(numpy.complex128 if array.dtype.kind == "c" else numpy.float64)


def _wrong(left: Any, right: Any, rtol: float, atol: float) -> tuple[Any, Any]:
    magnitude = numpy.abs(left)
    finite = magnitude[numpy.isfinite(magnitude)]
    scale = float(finite.max()) if finite.size else 0.0
    allowed = atol + rtol * magnitude + _SCALE * rtol * scale
    same = (left == right) | (numpy.isnan(left) & numpy.isnan(right))
    near = numpy.isfinite(left) & numpy.isfinite(right) & (numpy.abs(left - right) <= allowed)
    return allowed, ~(same | near)


def _described(left: Any, right: Any, wrong: Any, allowed: Any) -> str:
    count, total = int(wrong.sum()), wrong.size
    text = _counted(count, total)
    with numpy.errstate(all="ignore"):
        apart = numpy.where(wrong, numpy.abs(_wide(left) - _wide(right)), -1.0)
    # A NaN or infinity on one side only is the greatest difference there is.
    apart = numpy.where(wrong & ~numpy.isfinite(apart), numpy.inf, apart)
    place = numpy.unravel_index(int(apart.argmax()), wrong.shape)
    at = say(" at {place}", place=str([int(index) for index in place])) if wrong.ndim else ""
    greatest = float(apart[place])
    if left.dtype.kind == "b":
        detail = say("the first{at} should be {wanted}, is {got}", at=at, wanted=left[place], got=right[place])
    elif not numpy.isfinite(greatest):
        detail = say("expected {wanted}, got {got}{at}", wanted=left[place], got=right[place], at=at)
    else:
        detail = say("greatest difference {greatest:.6g}{at}", greatest=greatest, at=at)
        if allowed is not None:
            detail += say(", allowed {allowed:.3g}", allowed=float(allowed[place]))
    return f"{text}; {detail}"


def _counted(count: int, total: int) -> str:
    if total == 1:
        return say("{count} of {total} element differs", count=count, total=total)
    if count == 1:
        return say("{count} of {total} elements differs", count=count, total=total)
    return say("{count} of {total} elements differ", count=count, total=total)
