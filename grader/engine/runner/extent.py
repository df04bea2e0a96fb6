"""How large a result is, told before it is copied: what cannot be handed over is refused in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy
import torch

from grader.authoring.declarations import Lawful
from grader.records.values import MAX_DEPTH

MOST_BYTES = 60 << 20
"""What a result may take: a message of 64 MiB has to hold it."""
MOST_ITEMS = 2_000_000
"""Items that lists, dicts and their like may hold together."""
MOST_BITS = 40_000
"""Bits of an int."""

_CONTAINERS = (list, tuple, set, frozenset)


class TooLarge(Exception):
    """A result that is not handed over; the message says how large it is."""


def check_size(result: Any) -> None:
    """Raise `TooLarge` for a result that takes too much.

    >>> check_size([torch.zeros(()).expand(1 << 30)])
    Traceback (most recent call last):
    grader.engine.runner.extent.TooLarge: a tensor of shape (1073741824,) takes 4,096 MiB; at most 60 MiB are taken
    """
    if type(result) is torch.Tensor and _taken(result) <= MOST_BYTES:
        return
    size = count = 0
    waiting = [(result, 0)]
    while waiting:
        thing, depth = waiting.pop()
        taken = _bytes_of(thing)
        size += taken
        if size > MOST_BYTES:
            more = "" if taken == size else f", all of it {size >> 20:,} MiB"
            raise TooLarge(f"{_named(thing)} takes {taken >> 20:,} MiB{more}; at most {MOST_BYTES >> 20} MiB are taken")
        held = _length(thing)
        count += held
        if count > MOST_ITEMS:
            raise TooLarge(f"{_named(thing)} holds {held:,} items; at most {MOST_ITEMS:,} are taken")
        if depth < MAX_DEPTH:
            waiting += [(item, depth + 1) for item in _items(thing)]


def _bytes_of(thing: Any) -> int:
    kind = type(thing)
    if kind is torch.Tensor:
        return _taken(thing)
    if issubclass(kind, torch.Tensor):
        with torch._C.DisableTorchFunctionSubclass():
            return _taken(thing)
    if issubclass(kind, numpy.ndarray):
        plain = numpy.asarray(thing)
        return int(plain.size * plain.itemsize)
    if issubclass(kind, int):
        bits = int.bit_length(thing)
        if bits > MOST_BITS:
            raise TooLarge(f"an int has {bits:,} bits; at most {MOST_BITS:,} are taken")
    return bytes.__len__(thing) if issubclass(kind, bytes) else 0


def _taken(tensor: torch.Tensor) -> int:
    if tensor.layout != torch.strided or tensor.is_nested or tensor.is_meta:
        return 0  # nothing of it is copied
    return int(tensor.numel() * tensor.element_size())


def _named(thing: Any) -> str:
    kind = type(thing)
    if issubclass(kind, torch.Tensor):
        with torch._C.DisableTorchFunctionSubclass():
            return f"a tensor of shape {tuple(thing.shape)}"
    if issubclass(kind, numpy.ndarray):
        return f"a numpy array of shape {numpy.asarray(thing).shape}"
    return next((f"a {one.__name__}" for one in (dict, *_CONTAINERS) if issubclass(kind, one)), "a bytes object")


def _length(thing: Any) -> int:
    kind = type(thing)
    return next((one.__len__(thing) for one in (dict, *_CONTAINERS) if issubclass(kind, one)), 0)


def _items(thing: Any) -> Sequence[Any]:
    kind = type(thing)
    for container in _CONTAINERS:
        if issubclass(kind, container):
            return tuple(container.__iter__(thing))
    if issubclass(kind, dict):
        return [item for pair in dict.items(thing) for item in pair]
    return (thing.value,) if issubclass(kind, Lawful) else ()
