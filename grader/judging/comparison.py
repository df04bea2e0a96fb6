"""Sets a submission's observations beside the expected ones: which examples fail, and how."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping, Sequence

import msgspec

from grader.authoring.exercises import Probe
from grader.judging import laws
from grader.judging.checks import compare
from grader.judging.examples.bank import Bank
from grader.judging.examples.expected import Expected
from grader.judging.shrinking import size_of
from grader.records.findings import Finding
from grader.records.limits import LazyLimits, Limit
from grader.records.observations import Observation, Observed, decode_example, decode_observation
from grader.records.text.saying import say
from grader.records.values import ValueProblem, validate

_SLIGHT = 1e-2
_ENDED = frozenset({"timeout", "memory", "crashed", "protocol", "missing"})


@dataclasses.dataclass(frozen=True)
class Failure:
    """One example on which a submission differs, with what differs."""

    probe: Probe
    device: str
    example: bytes | None
    findings: tuple[Finding, ...]
    printed: str = ""
    shrunk: bool = False
    """Whether smaller examples were searched for, beyond those of the bank."""
    compared: tuple[bytes, bytes] = (b"", b"")
    """The encoded observations that differ, the expected one first."""

    @functools.cached_property
    def slight(self) -> bool:
        """Whether all that is wrong are numbers, and those by less than a hundredth."""
        if not all(finding.kind in ("value", "gradient") for finding in self.findings if finding.must):
            return False
        expected, actual = decode_observation(self.compared[0]), decode_untrusted(self.compared[1])
        loose = dataclasses.replace(self.probe.policy, rtol=_SLIGHT, atol=_SLIGHT)
        return not any(one.must for one in compare(expected, actual, loose))

    @property
    def must(self) -> bool:
        """Whether points are lost over it."""
        return any(finding.must for finding in self.findings)

    @property
    def can_shrink(self) -> bool:
        """Whether running further examples is worth it: not after a hang or a crash."""
        return self.example is not None and self.findings[0].kind not in _ENDED


def smallest(failures: Sequence[Failure]) -> Failure:
    """Return the failure whose example explains best: nothing empty, plainly wrong, few bytes, small numbers.

    The first of equals. Those that ended the process come before all: they are what a student has to mend first.
    """
    ranked = sorted((_rank(failure), number) for number, failure in enumerate(failures))
    first = ranked[0][0][:2]
    alike = [failures[number] for rank, number in ranked if rank[:2] == first]
    return next((failure for failure in alike if not failure.slight), alike[0])


def _rank(failure: Failure) -> tuple[bool, bool, bool, int, float]:
    if failure.example is None:
        return failure.can_shrink, True, True, 0, 0.0
    return failure.can_shrink, *_size_of(failure.example)


@functools.lru_cache(maxsize=8192)
def _size_of(example: bytes) -> tuple[bool, bool, int, float]:
    """Return the size of an encoded example; those of a bank are asked for by one submission after the other."""
    return size_of(decode_example(example))


def compare_all(
    probe: Probe, bank: Bank, expected: Expected, observed: Sequence[Observed], device: str
) -> list[Failure]:
    """Return the examples of the bank on which the observations differ from the expected ones, and what differs.

    Equal bytes are equal observations: only the others are decoded. An example without an observation is a failure.
    """
    bodies = expected.bodies(probe, device)
    failures: list[Failure] = []
    for index, example in enumerate(bank.examples):
        if index >= len(observed):
            if not failures:
                message = "the run ended before this example"
                finding = Finding(kind="protocol", must=True, message=message)
                failures.append(Failure(probe, device, example, (finding,)))
            break
        if observed[index].body == bodies[index]:
            continue
        findings = findings_of(probe, example, bodies[index], observed[index].body, limits_of(expected, probe, index))
        if findings:
            compared = bodies[index], observed[index].body
            failures.append(Failure(probe, device, example, findings, observed[index].meta.printed, compared=compared))
    return failures


def findings_of(
    probe: Probe, example: bytes, expected: bytes, body: bytes, limits: Mapping[str, Limit]
) -> tuple[Finding, ...]:
    """Return what differs between one encoded observation and the expected one, broken laws included."""
    actual = decode_untrusted(body)
    findings = compare(decode_observation(expected), actual, probe.policy, limits)
    broken = laws.broken_laws(probe, decode_example(example), actual)
    return tuple(sorted((*findings, *broken), key=lambda finding: not finding.must))


def limits_of(expected: Expected, probe: Probe, index: int) -> Mapping[str, Limit]:
    """Return what is allowed on one example of the bank; nothing is measured before somebody asks for a place."""
    return LazyLimits(lambda: _at(expected.limits(probe), index))


def _at(limits: Sequence[bytes], index: int) -> bytes:
    return limits[index] if index < len(limits) else b""


def decode_untrusted(body: bytes) -> Observation:
    """Decode an observation that a runner sent; one that is not well formed is a `protocol` observation."""
    try:
        observation = decode_observation(body)
        validate(observation.value)
        for _, gradient in observation.gradients:
            validate(gradient)
    except (msgspec.MsgspecError, ValueProblem, RecursionError) as error:
        return Observation("protocol", detail=say("the answer could not be read: {error}", error=str(error)[:200]))
    if observation.outcome == "returned" or (observation.outcome == "raised" and observation.error is not None):
        return observation
    return Observation(observation.outcome, detail=observation.detail or observation.outcome)
