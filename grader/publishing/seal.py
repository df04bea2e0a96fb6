"""Seals the mistakes of an assignment for students: what each does on the public examples locks its sentence away."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from grader.authoring.exercises import Exercise
from grader.course.loading import load_mistakes
from grader.course.settings import Course
from grader.judging.examples.bank import Bank
from grader.judging.recognising import Sealed, SealedContents, in_order
from grader.judging.sealed import FORMAT, SealedMistakes
from grader.judging.sealing import encrypt, keys_of, observation_without_laws
from grader.judging.suite import Suite
from grader.records.observations import Observation, Raised, encode_observation
from grader.records.text.language import speaking

MOST_BYTES = 16 << 10
"""Of a mistake's observations that are shipped, before compression."""


def seal(course: Course, assignment: str, suite: Suite, digest: str, examples: str) -> SealedMistakes:
    """Return the mistakes of an assignment that has some, sealed with what they do on the suite's examples.

    Those that do there what is expected, or nothing that could be compared, are left out: they cannot be recognised.
    `digest` is that of their sources and `examples` that of the examples', taken before these were loaded.
    """
    mistakes = suite.mistakes
    assert mistakes is not None
    texts = _texts(course, assignment)
    found: list[Sealed] = []
    for exercise in suite.exercises:
        probes = [probe for probe in exercise.probes if not probe.hidden]
        expected = {probe.id: tuple(suite.expected.bodies(probe, "cpu")) for probe in probes}
        for mistake in mistakes.by_exercise().get(exercise.id, ()):
            bodies = {
                probe.id: tuple(mistakes.observe(mistake, exercise, probe, len(expected[probe.id]), "cpu"))
                for probe in probes
            }
            if bodies != expected and all(len(bodies[name]) == len(expected[name]) for name in expected):
                found += sealed_mistake(exercise, suite.banks, bodies, texts[mistake.exercise, mistake.name])
    return SealedMistakes(FORMAT, digest, examples, tuple(found))


def _texts(course: Course, assignment: str) -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for code in course.languages:
        with speaking(code):
            for mistake in load_mistakes(course.root, assignment):
                found.setdefault((mistake.exercise, mistake.name), {})[code] = mistake.message
    return found


def sealed_mistake(
    exercise: Exercise, banks: Mapping[str, Bank], bodies: Mapping[str, Sequence[bytes]], texts: dict[str, str]
) -> Iterator[Sealed]:
    """Yield the sealed mistake, unless what it does equals nothing."""
    done = in_order(banks, bodies)
    keys = keys_of(done, {probe.id: probe.policy for probe in exercise.probes if not probe.hidden})
    if keys:
        held = _held({name: [_without_source(observation) for _, observation in done[name]] for name in done})
        data = zlib.compress(msgspec.msgpack.encode(SealedContents(texts, held)), 9)
        key = hashlib.blake2b(data, digest_size=32, person=b"box").digest()  # of its own contents: nothing else has it
        yield Sealed(exercise.id, tuple(encrypt(one, key) for one in keys), encrypt(key, data))


def _held(bodies: Mapping[str, Sequence[bytes]]) -> dict[str, tuple[bytes, ...]]:
    """Return the observations with the largest left out, as b"", where all of them are too much to ship."""
    every = sorted(
        (len(body), probe, place) for probe, observed in bodies.items() for place, body in enumerate(observed)
    )
    left = MOST_BYTES
    kept: set[tuple[str, int]] = set()
    for size, probe, place in every:
        left -= size
        if left < 0:
            break
        kept.add((probe, place))
    return {
        probe: tuple(body if (probe, place) in kept else b"" for place, body in enumerate(observed))
        for probe, observed in bodies.items()
    }


def _without_source(observation: Observation) -> bytes:
    """Return an encoded observation without the line of the mistake at which it raised."""
    if observation.error is not None:
        observation = msgspec.structs.replace(observation, error=Raised(observation.error.type_names, ""))
    return encode_observation(observation_without_laws(observation))
