"""What a mistake is known by without being readable: keys made of what it does, and a box that only they open.

A student's own check has the mistakes' sentences beside it. Each lies in a box whose key is made of what the mistake
returns on the public examples: whoever makes the mistake has the key, and reading the file gives nothing before.
Floating numbers are rounded in several ways, each of which gives a key, so that another order of additions still has
one of them. What can be guessed without making the mistake, such as that everything raises TypeError, is no secret.
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy

from grader.authoring.exercises import Policy
from grader.judging.checks import compare
from grader.judging.checks.elements import decode
from grader.records.observations import Observation
from grader.records.values import (
    FLOATING,
    ArrayValue,
    LawfulValue,
    MappingValue,
    SequenceValue,
    TensorValue,
    Value,
)

ROUNDINGS = 4
_ODD = 0.31831
_KEY = 32
_TAG = 16
_FINE, _COARSE = -8, -5
"""Numbers are rounded to this power of two times the greatest of them; those of 16 bits to the second."""
_LEAST = -12
"""And never finer than to this power of two: what is as near as that to 0 may be 0."""


def keys_of(
    observations: Mapping[str, Sequence[tuple[bytes, Observation]]], policies: Mapping[str, Policy]
) -> list[bytes]:
    """Return the keys of what an answer did, by probe id, on examples, each with what came of it.

    The order of the examples does not count. Empty where something came that equals nothing, as after a time-out.
    """
    every = [
        (probe_id, example, observation)
        for probe_id in sorted(observations)
        for example, observation in sorted(observations[probe_id], key=lambda pair: pair[0])
    ]
    if any(observation.outcome not in ("returned", "raised") for _, _, observation in every):
        return []
    digests = [hashlib.blake2b(digest_size=_KEY, person=b"mistake %d" % rounding) for rounding in range(ROUNDINGS)]
    for probe_id, _, observation in every:
        for part in _parts(observation, policies[probe_id]):
            spelled = [part] * ROUNDINGS if isinstance(part, bytes) else part
            for digest, one in zip(digests, spelled, strict=True):
                digest.update(b"%d:" % len(one) + one)
    return [digest.digest() for digest in digests]


def without_laws(value: Value) -> Value:
    """Return a value without the mark that laws judge it, so that it is compared like everything else."""
    if isinstance(value, LawfulValue):
        return without_laws(value.value)
    if isinstance(value, SequenceValue):
        return SequenceValue(value.kind, tuple(without_laws(item) for item in value.items))
    if isinstance(value, MappingValue):
        return MappingValue(tuple((key, without_laws(item)) for key, item in value.items))
    return value


def observation_without_laws(observation: Observation) -> Observation:
    """Return an observation without the marks of laws: two mistakes that laws judge are not the same for that."""
    return msgspec.structs.replace(observation, value=without_laws(observation.value))


def alike(one: Observation, other: Observation, policy: Policy) -> bool:
    """Say whether two observations are the same, what laws judge included: another one breaks other laws."""
    return not any(
        found.must for found in compare(observation_without_laws(one), observation_without_laws(other), policy)
    )


def encrypt(key: bytes, data: bytes) -> bytes:
    """Return data that only the same key opens; the same key and data give the same bytes.

    A key serves for one piece of data only: it is made of it, or of what nothing else is made of.
    """
    hidden = _xor(key, data)
    return _tag(key, hidden) + hidden


def decrypt(key: bytes, box: bytes) -> bytes | None:
    """Return what a key opens, None where it is another's.

    >>> box = encrypt(b"k" * 32, b"the sentence")
    >>> decrypt(b"k" * 32, box), decrypt(b"l" * 32, box)
    (b'the sentence', None)
    """
    tag, hidden = box[:_TAG], box[_TAG:]
    return _xor(key, hidden) if _tag(key, hidden) == tag else None


def _xor(key: bytes, data: bytes) -> bytes:
    stream = numpy.frombuffer(_stream(key, len(data)), "u1")
    return (numpy.frombuffer(data, "u1") ^ stream).tobytes()  # type: ignore[no-any-return]  # numpy's own types say Any


def _stream(key: bytes, length: int) -> bytes:
    """Return so many bytes that nobody without the key can tell from random ones: BLAKE2b in counter mode."""
    numbers = range(length // 64 + 1)
    blocks = [hashlib.blake2b(struct.pack("<Q", number), key=key, person=b"stream").digest() for number in numbers]
    return b"".join(blocks)[:length]


def _tag(key: bytes, hidden: bytes) -> bytes:
    return hashlib.blake2b(hidden, key=key, person=b"tag", digest_size=_TAG).digest()


def _parts(observation: Observation, policy: Policy) -> Iterator[bytes | list[bytes]]:
    """Yield what an observation is known by: what comparison looks at, and nothing that it does not."""
    yield observation.outcome.encode()
    if observation.error is not None:
        yield (observation.error.type_names or ("",))[0].encode()
        return
    yield from _value(without_laws(observation.value), policy)
    if policy.gradients == "must":
        for name, gradient in observation.gradients:
            yield name.encode()
            if gradient is not None and decode(gradient).any():
                yield from _value(gradient, policy)
    if policy.mutation == "must":
        yield repr(sorted(observation.mutated)).encode()
    if policy.rng == "must":
        yield repr(sorted(observation.rng_moved)).encode()


def _value(value: Value, policy: Policy) -> Iterator[bytes | list[bytes]]:
    if isinstance(value, TensorValue | ArrayValue):
        yield f"{type(value).__name__} {value.dtype} {value.shape}".encode()
        yield _rounded(decode(value), value.dtype) if value.dtype in FLOATING else value.data
    elif isinstance(value, SequenceValue):
        same = value.kind in ("list", "tuple") and not policy.strict_sequences
        yield f"{'sequence' if same else value.kind} {len(value.items)}".encode()
        for item in value.items:
            yield from _value(item, policy)
    elif isinstance(value, MappingValue):
        yield f"mapping {len(value.items)}".encode()
        for key, item in sorted(value.items, key=lambda pair: repr(pair[0])):
            yield repr(key).encode()
            yield from _value(item, policy)
    elif isinstance(value, float):
        yield b"float"
        yield _rounded(numpy.array([value]), "float64")
    else:
        yield repr(value).encode()


def _rounded(array: Any, dtype: str) -> list[bytes]:
    """Return numbers rounded to a part of the greatest of them in each of several ways, as bytes.

    Each rounding has limits of its own between two numbers and two scales: what lies at a limit of one, and may fall to
    either side, lies elsewhere for another. Limits are odd fractions, so that sums of quarters or tenths meet none.
    """
    flat = array.reshape(-1)
    parts = numpy.stack([flat.real, flat.imag]) if array.dtype.kind == "c" else flat
    wide = parts.astype(numpy.float64).reshape(-1)
    magnitude = numpy.abs(wide)
    odd = b""
    if not numpy.isfinite(magnitude).all():
        odd = numpy.select([numpy.isnan(wide), wide == numpy.inf, wide == -numpy.inf], [1, 2, 3]).astype("u1").tobytes()
        wide = numpy.nan_to_num(wide, nan=0.0, posinf=0.0, neginf=0.0)
        magnitude = numpy.abs(wide)
    greatest = float(magnitude.max(initial=0.0))
    part = _COARSE if dtype in ("float16", "bfloat16") else _FINE
    found = []
    for rounding in range(ROUNDINGS):
        turn = (rounding + _ODD) / ROUNDINGS
        power = math.floor(math.log2(greatest) + turn) if greatest > 0 else _LEAST
        step = 2.0 ** max(power + part, _LEAST)
        found.append(struct.pack("<d", step) + numpy.floor(wide / step + turn).astype("<i8").tobytes() + odd)
    return found
