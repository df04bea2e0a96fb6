"""Plain Python, numpy arrays and torch tensors to inert values and back, without importing torch."""

from __future__ import annotations

import sys
from typing import Any

import msgspec
import numpy as np

from grader.records.errors import AuthorError
from grader.records.values import (
    ITEM_SIZES,
    ArrayValue,
    BigIntValue,
    BytesValue,
    LawfulValue,
    MappingValue,
    OpaqueValue,
    SequenceValue,
    TensorValue,
    Value,
)

_RECORDS = (BytesValue, TensorValue, ArrayValue, BigIntValue, SequenceValue, MappingValue, LawfulValue, OpaqueValue)
_encode = msgspec.msgpack.Encoder().encode


def to_value(thing: Any) -> Value:
    """Turn an author's example argument into an inert value.

    Takes plain Python (also nested in lists, tuples, sets and dicts), numpy arrays and scalars, and torch tensors,
    whose strides and `requires_grad` are kept. Raises `AuthorError` for anything else.

    >>> to_value([1, (2.5, "a")])
    SequenceValue(kind='list', items=(1, SequenceValue(kind='tuple', items=(2.5, 'a'))))
    >>> to_value(np.zeros((2, 0), dtype=np.float32))
    ArrayValue(dtype='float32', shape=(2, 0), data=b'')
    """
    if thing is None or isinstance(thing, (bool, float, str, *_RECORDS)):
        return float(thing) if type(thing) is np.float64 else thing  # numpy's float64 is a float
    if isinstance(thing, int):
        return thing if -(2**63) <= thing < 2**63 else BigIntValue(hex(thing))
    if isinstance(thing, bytes):
        return BytesValue(thing)
    if isinstance(thing, list | tuple | set | frozenset):
        return _sequence(thing)
    if isinstance(thing, dict):
        return MappingValue(tuple((to_value(key), to_value(item)) for key, item in thing.items()))
    if isinstance(thing, np.generic):
        return to_value(thing.item())
    if isinstance(thing, np.ndarray):
        return _array(thing)
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(thing, torch.Tensor):
        return _tensor(thing, torch)
    raise AuthorError(
        f"a {type(thing).__name__} cannot be sent to a submission",
        hint="Draw plain Python data, numpy arrays or torch tensors, and build other objects in the probe.",
    )


def to_plain(value: Value) -> Any:
    """Turn a value into plain Python and numpy arrays (also for tensors; read-only).

    >>> to_plain(TensorValue("int64", (2,), np.array([1, 2]).tobytes())).tolist()
    [1, 2]
    """
    if isinstance(value, TensorValue):
        return _view(value)
    if isinstance(value, ArrayValue):
        return np.frombuffer(value.data, value.dtype).reshape(value.shape)
    if isinstance(value, BytesValue):
        return value.data
    if isinstance(value, BigIntValue):
        return int(value.digits, 16)
    if isinstance(value, SequenceValue):
        kinds: dict[str, Any] = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}
        return kinds[value.kind](to_plain(item) for item in value.items)
    if isinstance(value, MappingValue):
        return {to_plain(key): to_plain(item) for key, item in value.items}
    if isinstance(value, LawfulValue | OpaqueValue):
        raise AuthorError(f"a {type(value).__name__} is no example argument")
    return value


def tensor_value(array: np.ndarray[Any, Any]) -> TensorValue:
    """Return a contiguous tensor with this array's elements."""
    return TensorValue(array.dtype.name, array.shape, array.tobytes())


def _view(value: TensorValue) -> np.ndarray[Any, Any]:
    if value.dtype == "bfloat16":
        raise AuthorError("bfloat16 has no numpy counterpart", hint="Derive from a float32 tensor instead.")
    if value.strides is None or 0 in value.shape:
        return np.frombuffer(value.data, value.dtype).reshape(value.shape)
    size = ITEM_SIZES[value.dtype]
    strides = tuple(step * size for step in value.strides)
    return np.ndarray(value.shape, value.dtype, value.data, value.offset * size, strides)


def _sequence(things: Any) -> SequenceValue:
    items = tuple(to_value(thing) for thing in things)
    kind = next(base.__name__ for base in (list, tuple, frozenset, set) if isinstance(things, base))
    if kind in ("set", "frozenset"):
        # A set of strings has another order in every process; examples must not.
        items = tuple(sorted(items, key=_encode))
    return SequenceValue(kind, items)


def _array(array: np.ndarray[Any, Any]) -> ArrayValue:
    name = array.dtype.name
    if name not in ITEM_SIZES:
        raise AuthorError(f"a numpy array of dtype {name} cannot be sent", hint=f"Use one of {', '.join(ITEM_SIZES)}.")
    return ArrayValue(name, array.shape, array.astype(array.dtype.newbyteorder("<")).tobytes())


def _tensor(tensor: Any, torch: Any) -> TensorValue:
    name = str(tensor.dtype).removeprefix("torch.")
    if name not in ITEM_SIZES:
        raise AuthorError(f"a tensor of dtype {name} cannot be sent", hint=f"Use one of {', '.join(ITEM_SIZES)}.")
    flat = tensor.detach().cpu()
    shape = tuple(flat.shape)
    strides = None
    if not flat.is_contiguous() and flat.numel():
        # The storage goes along, so that the submission meets the same view.
        strides = tuple(flat.stride())
        extent = 1 + sum((n - 1) * step for n, step in zip(shape, strides, strict=True))
        flat = torch.as_strided(flat, (extent,), (1,))
    if name == "bfloat16":
        flat = flat.contiguous().view(torch.int16)
    kind = "parameter" if isinstance(tensor, torch.nn.Parameter) else "tensor"
    return TensorValue(
        name, shape, flat.numpy().tobytes(), requires_grad=tensor.requires_grad, kind=kind, strides=strides
    )
