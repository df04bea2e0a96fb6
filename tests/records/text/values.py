"""Values to explain: drawn ones, and live objects back to values."""

from __future__ import annotations

from typing import Any

import numpy
import torch
from hypothesis import strategies as st

from grader.engine.runner.convert import to_value
from grader.records.values import (
    ITEM_SIZES,
    ArrayValue,
    BigIntValue,
    BytesValue,
    MappingValue,
    SequenceValue,
    TensorValue,
    Value,
)

REAL = ("float16", "bfloat16", "float32", "float64")


@st.composite
def tensor_values(draw: Any) -> TensorValue:
    dtype = draw(st.sampled_from(sorted(ITEM_SIZES)))
    shape = tuple(draw(st.lists(st.integers(0, 4), max_size=3)))
    layout = draw(st.sampled_from(["plain", "permuted", "sliced", "strided"]))
    strides, offset = None, 0
    held = int(numpy.prod(shape, dtype=int))
    if shape and held and layout == "permuted":
        order = draw(st.permutations(range(len(shape))))
        plain, step = [0] * len(shape), 1
        for axis in order:
            plain[axis], step = step, step * shape[axis]
        strides = tuple(plain)
    elif shape and held and layout == "sliced":
        base = [size + draw(st.integers(0, 2)) for size in shape]
        jump = draw(st.integers(1, 3))
        base[-1] = base[-1] * jump
        steps = [int(numpy.prod(base[axis + 1 :], dtype=int)) for axis in range(len(base))]
        starts = [draw(st.integers(0, base[axis] - size)) for axis, size in enumerate(shape[:-1])]
        offset = sum(start * step for start, step in zip(starts, steps, strict=False))
        strides, held = (*steps[:-1], jump), int(numpy.prod(base, dtype=int))
    elif shape and held and layout == "strided":
        strides = tuple(draw(st.integers(0, 3)) for _ in shape)
        offset = draw(st.integers(0, 3))
        held = offset + sum((n - 1) * s for n, s in zip(shape, strides, strict=True)) + 1 + draw(st.integers(0, 2))
    data = draw(_bytes(dtype, held))
    if strides is None and draw(st.booleans()) and held:
        data = data[: ITEM_SIZES[dtype]] * held
    grad = dtype in REAL and draw(st.booleans())
    return TensorValue(dtype, shape, data, "cpu", grad, draw(st.sampled_from(["tensor", "parameter"])), strides, offset)


def _bytes(dtype: str, count: int) -> st.SearchStrategy[bytes]:
    size = ITEM_SIZES[dtype] * count
    if dtype == "bool":
        return st.lists(st.integers(0, 1), min_size=size, max_size=size).map(bytes)
    if dtype.startswith(("float", "complex")):
        part = {"complex64": "float32", "complex128": "float64"}.get(dtype, dtype)
        number = numpy.dtype(part)
        floats = st.floats(width=number.itemsize * 8)
        many = st.lists(floats, min_size=size // number.itemsize, max_size=size // number.itemsize)
        return many.map(lambda items: numpy.array(items, number).tobytes())
    return st.binary(min_size=size, max_size=size)


array_values = (
    tensor_values()
    .filter(lambda value: value.strides is None and value.dtype != "bfloat16")
    .map(lambda value: ArrayValue(value.dtype, value.shape, value.data))
)

hashable: st.SearchStrategy[Value] = (
    st.none()
    | st.booleans()
    | st.integers(-(1 << 63), (1 << 63) - 1)
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=8).map(BytesValue)
    | st.integers(1 << 63, 1 << 80).map(lambda number: BigIntValue(hex(number)))
)

values: st.SearchStrategy[Value] = st.recursive(
    hashable | tensor_values() | array_values,
    lambda inner: (
        st.builds(SequenceValue, st.sampled_from(["list", "tuple"]), st.lists(inner, max_size=3).map(tuple))
        | st.builds(
            SequenceValue, st.sampled_from(["set", "frozenset"]), st.lists(st.integers(), max_size=2).map(tuple)
        )
        | st.lists(st.tuples(hashable, inner), max_size=3, unique_by=lambda pair: _as_key(pair[0])).map(
            lambda items: MappingValue(tuple(items))
        )
    ),
    max_leaves=6,
)


def evaluate(code: str) -> Any:
    """Run the code that a student would paste and return what it gives."""
    return eval(code, {"torch": torch, "np": numpy})


def same(live: Any, value: Value) -> bool:
    """Tell whether a live object is what a value describes, strides, NaN and signed zeros included."""
    if isinstance(value, TensorValue):
        return _same_tensor(live, value)
    if isinstance(value, ArrayValue):
        sent = to_value(live)
        return isinstance(live, numpy.ndarray) and isinstance(sent, ArrayValue) and _same_numbers(sent, value)
    if isinstance(value, SequenceValue) and value.kind in ("list", "tuple"):
        return type(live).__name__ == value.kind and len(live) == len(value.items) and all(map(same, live, value.items))
    if isinstance(value, SequenceValue):
        return type(live).__name__ == value.kind and live == {_plain(item) for item in value.items}
    if isinstance(value, MappingValue):
        expected = {repr(_plain(key)): item for key, item in value.items}
        found = {repr(key): item for key, item in live.items()}
        return found.keys() == expected.keys() and all(same(found[key], expected[key]) for key in found)
    return type(live) is type(_plain(value)) and repr(live) == repr(_plain(value))


def _as_key(value: Value) -> Any:
    """Return what a dict takes for the same key: False and 0 are one; all NaN count as one here."""
    plain = _plain(value)
    return "nan" if plain != plain else plain


def _plain(value: Value) -> Any:
    if isinstance(value, BigIntValue):
        return int(value.digits, 16)
    return value.data if isinstance(value, BytesValue) else value


def _same_tensor(live: torch.Tensor, value: TensorValue) -> bool:
    sent = to_value(live)
    if not isinstance(sent, TensorValue) or sent.kind != value.kind or sent.requires_grad != value.requires_grad:
        return False
    if value.strides is not None and 0 not in value.shape:
        wanted = [step for step, size in zip(value.strides, value.shape, strict=True) if size > 1]
        found = [step for step, size in zip(live.stride(), live.shape, strict=True) if size > 1]
        if wanted != found or live.storage_offset() != value.offset:
            return False
    return _same_numbers(sent, value)


def _same_numbers(sent: Any, value: Any) -> bool:
    from grader.records.text.numbers import elements

    if (sent.dtype, sent.shape) != (value.dtype, value.shape):
        return False
    a, b = elements(sent), elements(value)
    if value.dtype in (*REAL, "complex64", "complex128"):
        parts = [(a.real, b.real), (a.imag, b.imag)]
        return all(
            numpy.array_equal(x, y, equal_nan=True)
            and numpy.array_equal(numpy.signbit(x) & ~numpy.isnan(x), numpy.signbit(y) & ~numpy.isnan(y))
            for x, y in parts
        )
    return bool(numpy.array_equal(a, b))
