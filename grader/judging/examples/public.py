"""Frozen public examples: what a student's own checks compare with, so that they need no reference."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from grader.authoring.exercises import Exercise
from grader.course.settings import Course
from grader.judging.examples.bank import Bank, example_digest
from grader.judging.suite import Suite
from grader.records.errors import AuthorError
from grader.records.observations import Raised, decode_observation, encode_observation
from grader.records.rules import Given
from grader.records.simulations import Simulation
from grader.records.text.saying import say

FORMAT = 1
DRAWN = 2
"""One more whenever the same input spaces draw other examples, or what is allowed around results is another."""


class PublicExamples(msgspec.Struct, frozen=True):
    """The contents of `assignments/<a>/examples.bin`."""

    format: int
    assignment: str
    digest: str
    """Of everything they were made from, the drawn seed included; another digest means they are stale."""
    examples: dict[str, tuple[bytes, ...]]
    """Encoded `Example` records by probe id."""
    bodies: dict[str, tuple[bytes, ...]]
    """The reference's encoded `Observation` records by probe id, in the same order."""
    limits: dict[str, tuple[bytes, ...]] = {}
    """What is allowed around floating results, as encoded `Limits` by probe id; none for probes without any."""
    given: Given = Given()
    """What the stub holds: students change it, and checks must not hold it against them."""
    simulations: dict[str, Simulation] = {}
    """What the reference does on a simulated device, by probe id; none for probes of which that says nothing."""

    def with_first(self, digests: Collection[str]) -> PublicExamples:
        """Return the same with the examples that are known by these digests before all others of their probes."""
        if not digests:
            return self
        orders = {name: _order(name, held, digests) for name, held in self.examples.items()}
        return msgspec.structs.replace(
            self,
            examples=_ordered(self.examples, orders),
            bodies=_ordered(self.bodies, orders),
            limits=_ordered(self.limits, orders),
            simulations={
                name: Simulation(tuple(orders[name].index(place) for place in one.examples), one.bodies)
                for name, one in self.simulations.items()
            },
        )

    def banks(self) -> dict[str, Bank]:
        """Return the examples as banks."""
        return {probe_id: Bank(probe_id, examples) for probe_id, examples in self.examples.items()}


def _order(probe_id: str, examples: Sequence[bytes], digests: Collection[str]) -> list[int]:
    return sorted(range(len(examples)), key=lambda place: example_digest(probe_id, examples[place]) not in digests)


def _ordered(held: dict[str, tuple[bytes, ...]], orders: Mapping[str, list[int]]) -> dict[str, tuple[bytes, ...]]:
    return {name: tuple(one[place] for place in orders[name]) for name, one in held.items()}


_decode = msgspec.msgpack.Decoder(PublicExamples).decode


def public_path(root: Path, assignment: str) -> Path:
    """Return where an assignment's public examples lie."""
    return root / "assignments" / assignment / "examples.bin"


def public_seed(course: Course, assignment: str) -> int:
    """Return the seed of the public examples: no secret, and not the one that grading uses."""
    digest = hashlib.sha256(f"public {course.id} {assignment}".encode()).digest()
    return int.from_bytes(digest[:6], "big")


def freeze(assignment: str, suite: Suite, digest: str) -> PublicExamples:
    """Return the suite's examples with the expected observations, hidden probes left out.

    `digest` is that of their sources, taken before these were loaded.
    """
    examples: dict[str, tuple[bytes, ...]] = {}
    bodies: dict[str, tuple[bytes, ...]] = {}
    limits: dict[str, tuple[bytes, ...]] = {}
    simulations: dict[str, Simulation] = {}
    for exercise in suite.exercises:
        for probe in exercise.probes:
            if not probe.hidden:
                examples[probe.id] = suite.banks[probe.id].examples
                bodies[probe.id] = tuple(_without_source(body) for body in suite.expected.bodies(probe, "cpu"))
                measured = tuple(suite.expected.limits(probe))
                if any(measured):
                    limits[probe.id] = measured
                simulation = suite.expected.simulation(probe)
                if simulation.examples:
                    simulations[probe.id] = simulation
    return PublicExamples(FORMAT, assignment, digest, examples, bodies, limits, suite.given, simulations)


def _without_source(body: bytes) -> bytes:
    """Return an observation without the line of the reference at which it raised: students read these bytes."""
    observation = decode_observation(body)
    if observation.error is None:
        return body
    error = Raised(observation.error.type_names, "")
    return encode_observation(msgspec.structs.replace(observation, error=error))


def source_digest(course: Course, assignment: str) -> str:
    """Return the digest of what an assignment's public examples are made from.

    Versions of torch are left out: the same examples serve every supported one.
    """
    digest = hashlib.sha256(f"{FORMAT} {DRAWN} {course.examples.public} {public_seed(course, assignment)}".encode())
    for path in (
        course.root / "assignments" / assignment / "checks.py",
        course.root / "solutions" / assignment / f"{assignment}.py",
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def encode_public(public: PublicExamples) -> bytes:
    """Return the bytes of an `examples.bin`."""
    return msgspec.msgpack.encode(public)


def read_public(root: Path, assignment: str) -> PublicExamples:
    """Read an assignment's public examples. Raises `AuthorError` when they are absent or damaged."""
    path = public_path(root, assignment)
    file = path.relative_to(root)
    hint = "Authors make it with `grader build`; students find it in what they were given: fetch it again."
    if not path.is_file():
        raise AuthorError(say("{file} is missing: there is nothing to check against", file=file), hint=hint)
    try:
        public = _decode(path.read_bytes())
    except msgspec.MsgspecError as error:
        raise AuthorError(say("{file} is damaged: {error}", file=file, error=error), hint=hint) from error
    if public.format != FORMAT:
        raise AuthorError(f"{file} has format {public.format}; this version of grader reads {FORMAT}", hint=hint)
    return public


def check_complete(public: PublicExamples, exercises: list[Exercise]) -> None:
    """Raise `AuthorError` when a probe has no public examples."""
    missing = [probe.id for exercise in exercises for probe in exercise.probes if not public.examples.get(probe.id)]
    if missing:
        raise AuthorError(
            f"assignments/{public.assignment}/examples.bin has no examples of {missing[0]}"
            + (f" and {len(missing) - 1} more" if len(missing) > 1 else ""),
            hint="checks.py was changed after it was made: run `grader build`.",
        )
