"""Turns an example's inert arguments into live ones, again and again, and tells whether they were changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy
import torch

from grader.engine.runner.convert import DTYPES
from grader.engine.runner.devices import placed
from grader.records.observations import Example
from grader.records.values import (
    ArrayValue,
    BigIntValue,
    BytesValue,
    LawfulValue,
    MappingValue,
    SequenceValue,
    TensorValue,
    Value,
)


@dataclasses.dataclass(frozen=True)
class Storage:
    """The memory behind one input: what it held at first and a tensor or array that views it."""

    name: str
    memory: bytearray
    original: bytes
    pristine: Any
    address: int
    """Of its first byte, 0 where it has none."""


@dataclasses.dataclass
class Lent:
    """One live object given to a probe, with what it must look like afterwards."""

    name: str
    thing: Any
    shape: tuple[int, ...]
    storage: Storage | None = None
    items: tuple[Any, ...] = ()


class Inputs:
    """One example, decoded once; `lend()` gives fresh live arguments that share the decoded memory."""

    def __init__(self, example: Example, device: str = "cpu") -> None:
        self.example = example
        self.device = device
        self._storages: list[Storage] = []
        """In the order in which the arguments are gone through."""
        for name, value in example.arguments.items():
            self._decode(name, value)

    def lend(self) -> tuple[dict[str, Any], list[Lent]]:
        """Return live arguments by name, and a record of each object lent."""
        lent: list[Lent] = []
        storages = iter(self._storages)  # to look them up by `id` would wake the audit hooks each time
        arguments = {
            name: self._live(name, value, lent, name in self.example.gradient, storages)
            for name, value in self.example.arguments.items()
        }
        return arguments, lent

    def _decode(self, name: str, value: Value) -> None:
        if isinstance(value, TensorValue | ArrayValue):
            memory = bytearray(value.data)
            pristine = _tensor(value, memory) if isinstance(value, TensorValue) else _array(value, memory)
            address = numpy.frombuffer(memory, numpy.uint8).ctypes.data if memory else 0
            self._storages.append(Storage(name, memory, bytes(value.data), pristine, address))
        elif isinstance(value, LawfulValue):
            self._decode(name, value.value)
        elif isinstance(value, SequenceValue):
            for item in value.items:
                self._decode(name, item)
        elif isinstance(value, MappingValue):
            for _, item in value.items:
                self._decode(name, item)

    def _live(self, name: str, value: Value, lent: list[Lent], gradient: bool, storages: Iterator[Storage]) -> Any:
        if isinstance(value, TensorValue):
            storage = next(storages)
            tensor = storage.pristine.detach() if self.device == "cpu" else placed(storage.pristine, self.device)
            if gradient and tensor.is_floating_point():
                tensor.requires_grad_(True)
            lent.append(Lent(name, tensor, value.shape, storage))
            return tensor
        if isinstance(value, ArrayValue):
            storage = next(storages)
            array = storage.pristine.view()
            lent.append(Lent(name, array, value.shape, storage))
            return array
        if isinstance(value, LawfulValue):
            return self._live(name, value.value, lent, gradient, storages)
        if isinstance(value, SequenceValue):
            items = [self._live(name, item, lent, gradient, storages) for item in value.items]
            if value.kind == "list":
                lent.append(Lent(name, items, (), None, tuple(items)))
                return items
            return {"tuple": tuple, "set": set, "frozenset": frozenset}[value.kind](items)
        if isinstance(value, MappingValue):
            mapping = {plain(key): self._live(name, item, lent, gradient, storages) for key, item in value.items}
            lent.append(Lent(name, mapping, (), None, tuple(mapping.items())))
            return mapping
        return plain(value)


def plain(value: Value) -> Any:
    """Return the Python object of a value that holds no tensor or array."""
    if isinstance(value, BigIntValue):
        return int(value.digits, 16)
    if isinstance(value, BytesValue):
        return value.data
    if isinstance(value, SequenceValue):
        return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[value.kind](
            plain(item) for item in value.items
        )
    return value


def _tensor(value: TensorValue, memory: bytearray) -> torch.Tensor:
    dtype = DTYPES[value.dtype]
    if not memory:
        return torch.empty(value.shape, dtype=dtype)
    flat = torch.frombuffer(memory, dtype=dtype)
    if value.strides is not None:
        return flat.as_strided(value.shape, value.strides, value.offset)
    return flat.reshape(value.shape)


def _array(value: ArrayValue, memory: bytearray) -> Any:
    return numpy.frombuffer(memory, dtype=numpy.dtype(value.dtype)).reshape(value.shape)


def changed_inputs(lent: list[Lent]) -> tuple[str, ...]:
    """Return the names of the arguments whose contents, shape or items are not what they were; mend the memory."""
    names: dict[str, None] = {}
    for record in lent:
        if _changed(record):
            names[record.name] = None
    return tuple(names)


def _same_item(now: Any, before: Any) -> bool:
    if isinstance(now, tuple) and isinstance(before, tuple):  # a dict's (key, item)
        return len(now) == len(before) and all(x is y for x, y in zip(now, before, strict=True))
    return now is before


def _changed(record: Lent) -> bool:
    storage, thing = record.storage, record.thing
    if storage is None:
        now = tuple(dict.items(thing)) if isinstance(thing, dict) else tuple(thing)
        return len(now) != len(record.items) or not all(map(_same_item, now, record.items))
    if storage.memory != storage.original:
        storage.memory[:] = storage.original
        return True
    if isinstance(thing, torch.Tensor):
        if thing.shape != record.shape:
            return True
        if thing.device.type != "cpu":
            return not torch.equal(thing.detach().cpu(), storage.pristine)
    elif tuple(thing.shape) != record.shape:
        return True
    return False
