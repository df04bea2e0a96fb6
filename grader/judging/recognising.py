"""Recognises sealed mistakes by what a submission does: the boxes that its observations open."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import msgspec

from grader.authoring.exercises import Exercise, Probe
from grader.judging.comparison import decode_untrusted
from grader.judging.examples.bank import Bank
from grader.judging.sealing import alike, decrypt, keys_of, observation_without_laws
from grader.records.observations import Observation, Observed, decode_observation, encode_observation
from grader.records.text.language import language


class Sealed(msgspec.Struct, frozen=True, array_like=True):
    """One mistake."""

    exercise: str
    locks: tuple[bytes, ...]
    """The box's key, encrypted with the key of each way to round what the mistake does."""
    box: bytes
    """An encoded and compressed `SealedContents`."""


class SealedContents(msgspec.Struct, frozen=True, array_like=True):
    """What a box holds."""

    texts: dict[str, str]
    """The mistake's sentence by language, the course's first language first."""
    bodies: dict[str, tuple[bytes, ...]]
    """What the mistake does on the public examples, as encoded observations by probe id in the order of the examples'
    bytes: rounding brings near each other what comparison keeps apart. b"" for those that are too large to ship."""


_decode_contents = msgspec.msgpack.Decoder(SealedContents).decode


class Recogniser:
    """Recognises the sealed mistakes of an assignment by what a submission does on its public examples."""

    def __init__(self, mistakes: Sequence[Sealed], banks: Mapping[str, Bank]) -> None:
        self._mistakes = mistakes
        self._banks = banks

    def explain(self, exercise: Exercise, observed: Mapping[str, Sequence[Observed]], device: str) -> str | None:
        """Return what the author says of the mistake that a submission makes on every public example, if it is one."""
        known = [mistake for mistake in self._mistakes if mistake.exercise == exercise.id]
        probes = {probe.id: probe for probe in exercise.probes if not probe.hidden}
        if not known or any(len(observed.get(name, ())) != len(self._banks[name].examples) for name in probes):
            return None
        bodies = {name: [one.body for one in observed[name]] for name in probes}
        done = in_order(self._banks, bodies)
        keys = keys_of(done, {name: probe.policy for name, probe in probes.items()})
        for mistake in known:
            contents = _unsealed(mistake, keys)
            if contents is not None and all(
                _same(contents.bodies.get(name, ()), done[name], probes[name]) for name in probes
            ):
                return contents.texts.get(language()) or next(iter(contents.texts.values()))
        return None


def in_order(
    banks: Mapping[str, Bank], bodies: Mapping[str, Sequence[bytes]]
) -> dict[str, list[tuple[bytes, Observation]]]:
    """Return what came of each example, decoded, in the order of the examples' bytes."""
    return {
        name: sorted(zip(banks[name].examples, map(decode_untrusted, observed), strict=True), key=lambda pair: pair[0])
        for name, observed in bodies.items()
    }


def _unsealed(mistake: Sealed, keys: Sequence[bytes]) -> SealedContents | None:
    for lock, key in zip(mistake.locks, keys, strict=False):
        inner = decrypt(key, lock)
        data = None if inner is None else decrypt(inner, mistake.box)
        if data is not None:
            return _decode_contents(zlib.decompress(data))
    return None


def _same(bodies: Sequence[bytes], done: Sequence[tuple[bytes, Observation]], probe: Probe) -> bool:
    """Say whether a submission did on every example what a mistake does, as comparison sees it."""
    if len(bodies) != len(done):
        return False
    return all(_is(body, observation_without_laws(one), probe) for body, (_, one) in zip(bodies, done, strict=True))


def _is(body: bytes, one: Observation, probe: Probe) -> bool:
    """Say whether an observation is the one that was shipped; where none was, its key has to do."""
    if not body or body == encode_observation(one):  # the same bytes may hold what nothing else can be compared with
        return True
    return alike(decode_observation(body), one, probe.policy)
