"""How far floating results may lie from the truth, by their place in an observation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from grader.records.text import show
from grader.records.values import ArrayValue, MappingValue, SequenceValue, TensorValue, Value


class Limit(msgspec.Struct, frozen=True, array_like=True):
    """The truth about one floating tensor, array or number of a right answer, and what is allowed around it."""

    shape: tuple[int, ...]
    dtype: str
    """`float64` or `complex128`: how `truth` is encoded."""
    truth: bytes
    """What the reference gives in double precision, element by element."""
    allowed: bytes
    """The greatest distance from it, element by element, as float32."""


Limits = dict[str, Limit]
"""By the place that findings name: "result" for the whole, "result[0]", "gradient of x"."""

encode_limits = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Limits).decode


def decode_limits(encoded: bytes) -> Mapping[str, Limit]:
    """Return encoded limits; none were measured where there are no bytes.

    >>> decode_limits(b"")
    {}
    """
    return _decode(encoded) if encoded else {}


class LazyLimits(Mapping[str, Limit]):
    """Limits that are fetched when the first place is looked up: most right answers agree to the bit.

    >>> LazyLimits(lambda: b"").get("result") is None
    True
    """

    def __init__(self, fetch: Callable[[], bytes]) -> None:
        self._fetch = fetch
        self._found: Mapping[str, Limit] | None = None

    def _limits(self) -> Mapping[str, Limit]:
        if self._found is None:
            self._found = decode_limits(self._fetch())
        return self._found

    def __getitem__(self, place: str) -> Limit:
        return self._limits()[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._limits())

    def __len__(self) -> int:
        return len(self._limits())


def floating_parts(value: Value, where: str = "result") -> Iterator[tuple[str, TensorValue | ArrayValue | float]]:
    """Yield the floating parts of a returned value that are compared, with their places.

    >>> list(floating_parts(SequenceValue("list", (1, 2.5))))
    [('result[1]', 2.5)]
    """
    if isinstance(value, float):
        yield where, value
    elif isinstance(value, TensorValue | ArrayValue):
        if value.dtype.startswith(("float", "bfloat", "complex")):
            yield where, value
    elif isinstance(value, SequenceValue) and value.kind in ("list", "tuple"):
        for number, item in enumerate(value.items):
            yield from floating_parts(item, f"{where}[{number}]")
    elif isinstance(value, MappingValue):
        for key, item in value.items:
            yield from floating_parts(item, f"{where}[{show(key)}]")
