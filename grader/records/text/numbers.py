"""The elements of tensors and arrays, read from their bytes and written as the shortest numbers that read back."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import Any

import numpy

from grader.records.values import ITEM_SIZES, ArrayValue, TensorValue, element_count

_PARTS = {"complex64": "float32", "complex128": "float64"}


@dataclasses.dataclass(frozen=True)
class Names:
    """How the numbers without a literal of their own are written."""

    nan: str = "nan"
    inf: str = "inf"


def storage(value: TensorValue | ArrayValue) -> Any:
    """Return the bytes as a flat numpy array; bfloat16, which numpy lacks, is widened to float32.

    Raises `ValueError` when the bytes are no whole number of elements.
    """
    if value.dtype == "bfloat16":
        halves = numpy.frombuffer(value.data, dtype="<u2").astype("<u4")
        return (halves << 16).view("<f4")
    return numpy.frombuffer(value.data, dtype=numpy.dtype(value.dtype).newbyteorder("<"))


def elements(value: TensorValue | ArrayValue) -> Any:
    """Return the value as a numpy array of its shape; a view shows what it views.

    >>> elements(TensorValue("int64", (2, 2), bytes([1, *[0] * 7] * 4))).tolist()
    [[1, 1], [1, 1]]
    """
    flat = storage(value)
    if 0 in value.shape:
        return numpy.empty(value.shape, dtype=flat.dtype)
    strides = value.strides if isinstance(value, TensorValue) else None
    if strides is None:
        return flat.reshape(value.shape)
    size = flat.dtype.itemsize
    offset = value.offset * size if isinstance(value, TensorValue) else 0
    return numpy.ndarray(value.shape, flat.dtype, flat.tobytes(), offset, tuple(step * size for step in strides))


def is_whole(value: TensorValue | ArrayValue) -> bool:
    """Tell whether a value's shape, bytes and strides fit each other, so that it can be read."""
    size = ITEM_SIZES.get(value.dtype)
    if size is None or len(value.data) % size or min(value.shape, default=0) < 0:
        return False
    if 0 in value.shape:
        return True
    held = len(value.data) // size
    if not isinstance(value, TensorValue) or value.strides is None:
        return element_count(value.shape) == held
    if len(value.strides) != len(value.shape) or value.offset < 0 or min(value.strides, default=0) < 0:
        return False
    return value.offset + sum((n - 1) * s for n, s in zip(value.shape, value.strides, strict=True)) < held


def number_texts(flat: Any, dtype: str, names: Names) -> list[str]:
    """Return the elements of a flat array as Python literals, floating ones as short as reading back allows.

    >>> number_texts(numpy.array([0.1, -2, numpy.nan], "<f4"), "float32", Names(nan="torch.nan"))
    ['0.1', '-2.', 'torch.nan']
    """
    if dtype == "bool":
        return [str(bool(item)) for item in flat.tolist()]
    if dtype in _PARTS:
        part = _PARTS[dtype]
        return [_complex_text(item.real, item.imag, part, names) for item in flat]
    if dtype.startswith(("float", "bfloat")):
        return [float_text(item, dtype, names) for item in flat]
    return [str(item) for item in flat.tolist()]


def float_text(item: Any, dtype: str, names: Names) -> str:
    """Return one floating number as a literal.

    >>> float_text(1.0, "float64", Names()), float_text(-math.inf, "float64", Names())
    ('1.', '-inf')
    """
    number = float(item)
    if math.isnan(number):
        return names.nan
    if math.isinf(number):
        return names.inf if number > 0 else f"-{names.inf}"
    text = _shortest(item, number, dtype)
    return text[:-1] if text.endswith(".0") else text


def _shortest(item: Any, number: float, dtype: str) -> str:
    if dtype == "bfloat16":
        for digits in range(1, 6):
            text = repr(float(f"{number:.{digits}g}"))
            if _to_bfloat16(float(text)) == number:
                return text
    elif dtype in _READERS:
        text = str(_READERS[dtype](number))
        if _READERS[dtype](float(text)) == item:
            return text
    return repr(number)


def _to_float16(number: float) -> Any:
    # By way of float32, as torch itself reads a Python float into a float16.
    return numpy.float16(numpy.float32(number))


_READERS: dict[str, Callable[[float], Any]] = {"float16": _to_float16, "float32": numpy.float32}


def _to_bfloat16(number: float) -> float:
    bits = int(numpy.float32(number).view(numpy.uint32))
    bits = (bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000
    return float(numpy.uint32(bits).view(numpy.float32))


def _complex_text(real: Any, imaginary: Any, part: str, names: Names) -> str:
    first, second = float_text(real, part, names), float_text(imaginary, part, names)
    plain = math.isfinite(real) and math.isfinite(imaginary)
    if plain and "-0." not in (first, second):
        return f"{first}{'' if second.startswith('-') else '+'}{second}j"
    return f"complex({first}, {second})"
