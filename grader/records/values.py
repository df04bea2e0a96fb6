"""Inert, torch-free records of the values that cross between processes.

A value is plain data: `None`, `bool`, `int`, `float`, `str`, or one of the records below.
Nothing here can run code when decoded: there is no pickle and no class lookup by name.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TypeAlias

import msgspec

ITEM_SIZES: dict[str, int] = {
    "bool": 1,
    "uint8": 1,
    "int8": 1,
    "int16": 2,
    "int32": 4,
    "int64": 8,
    "float16": 2,
    "bfloat16": 2,
    "float32": 4,
    "float64": 8,
    "complex64": 8,
    "complex128": 16,
}
"""Bytes of one element of each dtype that may cross, by torch's name without `torch.`."""

FLOATING = frozenset({"float16", "bfloat16", "float32", "float64", "complex64", "complex128"})

MAX_DIMENSIONS = 16
MAX_DEPTH = 40
MAX_ELEMENTS = 1 << 26


class TensorValue(msgspec.Struct, frozen=True, tag="t", array_like=True):
    """A tensor: `data` holds its elements, little-endian and in row-major order.

    Inputs may carry `strides` (in elements) and `offset`: then `data` is the underlying
    storage and the tensor is a view of it. Observed tensors are always contiguous.
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes
    device: str = "cpu"
    requires_grad: bool = False
    kind: str = "tensor"
    """`tensor`, or `parameter` for an `nn.Parameter`."""
    strides: tuple[int, ...] | None = None
    offset: int = 0


class ArrayValue(msgspec.Struct, frozen=True, tag="a", array_like=True):
    """A numpy array with one of the dtypes above: `data` is row-major and little-endian."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes


class BigIntValue(msgspec.Struct, frozen=True, tag="i", array_like=True):
    """An integer outside 64 bits, in hexadecimal."""

    digits: str


class BytesValue(msgspec.Struct, frozen=True, tag="b", array_like=True):
    """A bytes object."""

    data: bytes


class SequenceValue(msgspec.Struct, frozen=True, tag="s", array_like=True):
    """A list, tuple, set or frozenset; `kind` is its type's name."""

    kind: str
    items: tuple[Value, ...]


class MappingValue(msgspec.Struct, frozen=True, tag="m", array_like=True):
    """A dict, as key and value pairs in its own order."""

    items: tuple[tuple[Value, Value], ...]


class LawfulValue(msgspec.Struct, frozen=True, tag="l", array_like=True):
    """A value with more than one right answer: laws judge it, comparison skips it."""

    value: Value


class OpaqueValue(msgspec.Struct, frozen=True, tag="o", array_like=True):
    """An object that cannot be sent: only its type's name crosses. It equals nothing."""

    type_name: str


Value: TypeAlias = (
    None
    | bool
    | int
    | float
    | str
    | BytesValue
    | TensorValue
    | ArrayValue
    | BigIntValue
    | SequenceValue
    | MappingValue
    | LawfulValue
    | OpaqueValue
)


class ValueProblem(ValueError):
    """A decoded value breaks a rule of this module (length, dtype, depth, ...)."""


def element_count(shape: tuple[int, ...]) -> int:
    """Return the number of elements of a tensor of this shape.

    >>> element_count((2, 0, 3))
    0
    """
    return math.prod(shape)


def _check_storage(value: TensorValue | ArrayValue) -> None:
    size = ITEM_SIZES.get(value.dtype)
    if size is None:
        raise ValueProblem(f"dtype {value.dtype[:40]!r} cannot be sent")
    if len(value.shape) > MAX_DIMENSIONS:
        raise ValueProblem(f"{len(value.shape)} dimensions; at most {MAX_DIMENSIONS} can be sent")
    if any(length < 0 for length in value.shape):
        raise ValueProblem(f"negative size in shape {value.shape}")
    count = element_count(value.shape)
    if count > MAX_ELEMENTS:
        raise ValueProblem(f"{count} elements; at most {MAX_ELEMENTS} can be sent")
    if isinstance(value, TensorValue) and value.strides is not None:
        _check_view(value, size)
    elif count * size != len(value.data):
        raise ValueProblem(f"{len(value.data)} bytes for {count} elements of {value.dtype}")


def _check_view(value: TensorValue, size: int) -> None:
    strides = value.strides or ()
    if len(strides) != len(value.shape) or value.offset < 0 or min(strides, default=0) < 0:
        raise ValueProblem(f"strides {strides} do not fit shape {value.shape}")
    if 0 in value.shape:
        return
    last = value.offset + sum((n - 1) * s for n, s in zip(value.shape, strides, strict=True))
    if (last + 1) * size > len(value.data):
        raise ValueProblem(f"a view of {value.shape} with strides {strides} ends outside its storage")


def validate(value: Value, depth: int = 0) -> None:
    """Raise `ValueProblem` when a decoded value breaks a cap or contradicts itself.

    >>> validate(TensorValue("int64", (2,), bytes(16)))
    """
    if depth > MAX_DEPTH:
        raise ValueProblem(f"nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, TensorValue | ArrayValue):
        _check_storage(value)
    elif isinstance(value, SequenceValue):
        for item in value.items:
            validate(item, depth + 1)
    elif isinstance(value, MappingValue):
        for key, item in value.items:
            validate(key, depth + 1)
            validate(item, depth + 1)
    elif isinstance(value, LawfulValue):
        validate(value.value, depth + 1)


def leaves(value: Value) -> Iterator[TensorValue | ArrayValue]:
    """Yield the tensors and arrays that a value is or holds, in its order; keys of mappings are not looked into.

    >>> [leaf.shape for leaf in leaves(SequenceValue("list", (1, TensorValue("int64", (2,), bytes(16)))))]
    [(2,)]
    """
    if isinstance(value, TensorValue | ArrayValue):
        yield value
    elif isinstance(value, SequenceValue):
        for item in value.items:
            yield from leaves(item)
    elif isinstance(value, MappingValue):
        for _, item in value.items:
            yield from leaves(item)
    elif isinstance(value, LawfulValue):
        yield from leaves(value.value)
