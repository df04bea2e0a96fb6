"""Between live objects in the runner and inert values: torch tensors, numpy arrays, plain data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy
import torch

from grader.authoring.declarations import Lawful
from grader.engine.runner.elsewhere import Elsewhere
from grader.records.values import (
    ITEM_SIZES,
    MAX_DEPTH,
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

DTYPES: dict[str, torch.dtype] = {name: getattr(torch, name) for name in ITEM_SIZES}
NAMES: dict[torch.dtype, str] = {dtype: name for name, dtype in DTYPES.items()}

_DEEP = 8
"""How far the lists of a result are looked into for tensors."""

_type_name = type.__dict__["__name__"].__get__
_type_mro = type.__dict__["__mro__"].__get__
_detach = torch.Tensor.detach


def type_name(kind: type) -> str:
    """Return a class's bare name without asking the class (a metaclass could lie or raise)."""
    return str(_type_name(kind))[:100]


def type_names(kind: type) -> tuple[str, ...]:
    """Return the names of a class and its bases, most derived first."""
    return tuple(type_name(base) for base in _type_mro(kind))[:20]


def safe_text(value: object, limit: int = 2000) -> str:
    """Return `str(value)`, cut and without lone surrogates, whatever its `__str__` does."""
    try:
        text = str(value)
        cut = text[:limit] + (f"... ({len(text) - limit} more characters)" if len(text) > limit else "")
        return cut.encode("utf-8", "backslashreplace").decode("utf-8")
    except BaseException as error:  # noqa: BLE001 - a student's __str__ may raise anything, SystemExit included
        return f"<no message: its __str__ raised {type_name(type(error))}>"


def tensors_by_path(
    thing: Any, path: str = "result", depth: int = 0, *, lawful: bool = False
) -> Iterator[tuple[str, torch.Tensor]]:
    """Yield the tensors of a result with their places, such as `result['a'][0]`; of lawful parts only if asked.

    No method of the submission's is called but `str` of keys.
    """
    if isinstance(thing, torch.Tensor):
        yield path, thing
    elif depth > _DEEP:
        return
    elif lawful and type(thing) is Lawful:
        yield from tensors_by_path(thing.value, path, depth + 1, lawful=lawful)
    elif issubclass(type(thing), list | tuple):
        items = list.__iter__(thing) if issubclass(type(thing), list) else tuple.__iter__(thing)
        for number, item in enumerate(items):
            yield from tensors_by_path(item, f"{path}[{number}]", depth + 1, lawful=lawful)
    elif issubclass(type(thing), dict):
        for key, item in dict.items(thing):
            yield from tensors_by_path(item, f"{path}[{safe_text(key, 40)!r}]", depth + 1, lawful=lawful)


def from_tensor(tensor: torch.Tensor) -> Value:
    """Return a tensor's dtype, shape, device and elements; subclasses are read as plain tensors."""
    if type(tensor) is torch.Tensor:
        return _read(tensor, "tensor")
    kind = "parameter" if isinstance(tensor, torch.nn.Parameter) else "tensor"
    with torch._C.DisableTorchFunctionSubclass():
        return _read(tensor, kind)


def _read(tensor: torch.Tensor, kind: str) -> Value:
    plain = _detach(tensor)
    device = "cpu" if plain.is_cpu else plain.device.type
    if type(plain) is Elsewhere:
        plain = plain.inner
    if type(plain) is not torch.Tensor:
        plain = plain.as_subclass(torch.Tensor)
    name = NAMES.get(plain.dtype)
    if name is None or plain.layout != torch.strided or plain.is_nested or device == "meta":
        kind = "nested" if plain.is_nested else str(plain.layout).removeprefix("torch.")
        return OpaqueValue(f"{kind} tensor of {plain.dtype} on {device}")
    return TensorValue(name, tuple(plain.shape), tensor_bytes(plain, name), device, bool(tensor.requires_grad), kind)


def tensor_bytes(plain: torch.Tensor, name: str) -> bytes:
    """Return the elements of a detached plain tensor, row-major and little-endian."""
    if plain.is_conj() or plain.is_neg():
        plain = plain.resolve_conj().resolve_neg()
    if not plain.is_cpu:
        plain = plain.cpu()
    if name == "bfloat16":
        plain = plain.contiguous().view(torch.int16)
    return bytes(plain.numpy().tobytes())


def _from_array(array: Any) -> Value:
    plain = numpy.asarray(array)
    name = plain.dtype.name
    if name not in ITEM_SIZES:
        return OpaqueValue(f"numpy array of {name}")
    return ArrayValue(name, tuple(plain.shape), plain.astype(plain.dtype.newbyteorder("<")).tobytes())


def _from_int(number: int) -> Value:
    return number if -(1 << 63) <= number < 1 << 63 else BigIntValue(hex(number))


def _leaf(convert: Callable[[Any], Value]) -> Callable[[Any, int], Value]:
    return lambda thing, _depth: convert(thing)


def to_value(thing: Any, depth: int = 0) -> Value:
    """Return an inert copy of what a probe returned; what cannot be sent becomes an `OpaqueValue`."""
    kind = type(thing)
    if thing is None or kind is bool or kind is float:
        return thing  # type: ignore[no-any-return]  # narrowed by identity of its type
    if kind is int:
        return _from_int(thing)
    if kind is torch.Tensor:
        return from_tensor(thing)
    if kind is str:
        return safe_text(thing, 1 << 20)
    if depth >= MAX_DEPTH:
        return OpaqueValue(f"{type_name(kind)} nested deeper than {MAX_DEPTH} levels")
    for types, convert in _CONVERSIONS:
        if issubclass(kind, types):
            return convert(thing, depth + 1)
    return OpaqueValue(type_name(kind))


def _sequence(name: str, iterate: Callable[[Any], Any]) -> Callable[[Any, int], Value]:
    def convert(thing: Any, depth: int) -> Value:
        return SequenceValue(name, tuple(to_value(item, depth) for item in iterate(thing)))

    return convert


def _set(name: str, iterate: Callable[[Any], Any]) -> Callable[[Any, int], Value]:
    def convert(thing: Any, depth: int) -> Value:
        items = [to_value(item, depth) for item in iterate(thing)]
        return SequenceValue(name, tuple(sorted(items, key=repr)))

    return convert


def _mapping(thing: Any, depth: int) -> Value:
    return MappingValue(tuple((to_value(key, depth), to_value(item, depth)) for key, item in dict.items(thing)))


_CONVERSIONS: tuple[tuple[Any, Callable[[Any, int], Value]], ...] = (
    (torch.Tensor, _leaf(from_tensor)),
    (numpy.ndarray, _leaf(_from_array)),
    (numpy.generic, lambda thing, depth: to_value(thing.item(), depth)),
    (Lawful, lambda thing, depth: LawfulValue(to_value(thing.value, depth))),
    (bool, _leaf(lambda thing: bool(thing))),
    (int, _leaf(lambda thing: _from_int(int.__int__(thing)))),
    (float, _leaf(lambda thing: float.__float__(thing))),
    (str, _leaf(lambda thing: safe_text(str.__str__(thing), 1 << 20))),
    (bytes, _leaf(lambda thing: BytesValue(bytes(thing)))),
    (tuple, _sequence("tuple", tuple.__iter__)),
    (list, _sequence("list", list.__iter__)),
    (set, _set("set", set.__iter__)),
    (frozenset, _set("frozenset", frozenset.__iter__)),
    (dict, _mapping),
)

if sys.byteorder != "little":  # pragma: no cover - no such machine runs torch today
    raise ImportError("the wire is little-endian, this machine is not")
