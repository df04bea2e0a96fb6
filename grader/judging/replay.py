"""Puts the bank to a submission: what came of an exercise's examples, with what was found in it."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from grader.authoring.exercises import Exercise, Probe
from grader.engine.session import Session
from grader.judging.comparison import Failure, compare_all, findings_of, limits_of
from grader.judging.examples.bank import Bank, example_digest
from grader.judging.examples.expected import Expected
from grader.judging.suite import Suite
from grader.records.findings import Finding
from grader.records.observations import Observed
from grader.records.text.saying import say
from grader.records.verdict import Tried


@dataclasses.dataclass(frozen=True)
class Replayed:
    """What came of the banks of some probes of an exercise, by probe, with what was found in it."""

    observations: Mapping[str, Sequence[Observed]]
    failures: Sequence[Failure]
    seconds: float
    before: frozenset[str]
    """Other exercises that the runners were asked about before."""

    @property
    def musts(self) -> list[Failure]:
        """Return the failures that cost points."""
        return [failure for failure in self.failures if failure.must]


def replay(suite: Suite, exercise: Exercise, session: Session) -> Replayed:
    """Run the banks of an exercise's probes on every device, and compare.

    What its author asks nothing of devices for (`device="off"`) runs on the CPU alone.
    """
    before = session.others(exercise.id)
    observations: dict[str, list[Observed]] = {}
    failures: list[Failure] = []
    seconds = 0.0
    for device, probe in _placed(suite.devices, exercise.probes):
        bank = suite.banks[probe.id]
        observed = session.observe(
            probe,
            len(bank.examples),
            device,
            wrong=_wrong(probe, bank, suite.expected, device),
            trace=bool(exercise.bans),
            follow=exercise.needs,
            sent=bank.sent(probe),
        )
        observations.setdefault(probe.id, []).extend(observed)
        seconds += sum(one.meta.seconds for one in observed)
        failures += compare_all(probe, bank, suite.expected, observed, device)
    if not session.quiet():
        message = say("the submission wrote into the grader's channel on its own")
        finding = Finding(kind="protocol", must=True, message=message)
        failures.append(Failure(exercise.probes[0], suite.devices[0], None, (finding,)))
    return Replayed(observations, failures, seconds, before)


def _placed(devices: Sequence[str], probes: Sequence[Probe]) -> Iterator[tuple[str, Probe]]:
    for device in dict.fromkeys([*devices, "cpu"]):
        for probe in probes:
            if device in (("cpu",) if probe.policy.device == "off" else devices):
                yield device, probe


def joined(first: Replayed, second: Replayed) -> Replayed:
    """Return both as one."""
    observations = {**first.observations, **second.observations}
    failures = (*first.failures, *second.failures)
    return Replayed(observations, failures, first.seconds + second.seconds, first.before | second.before)


def tried(suite: Suite, exercise: Exercise, replayed: Replayed) -> Tried:
    """Return which of an exercise's examples were tried, and on which a submission was not seen to be right."""
    wrong = {(failure.probe.id, failure.example) for failure in replayed.musts}
    every: set[str] = set()
    found: set[str] = set()
    for probe in exercise.probes:
        count = len(replayed.observations.get(probe.id, ()))
        for place, example in enumerate(suite.banks[probe.id].examples):
            digest = example_digest(probe.id, example)
            every.add(digest)
            if place >= count or (probe.id, example) in wrong:
                found.add(digest)
    whole = hashlib.blake2b(" ".join(sorted(every)).encode(), digest_size=8)
    return Tried(whole.hexdigest(), tuple(sorted(found)))


def _wrong(probe: Probe, bank: Bank, expected: Expected, device: str) -> Callable[[int, bytes], bool]:
    bodies = expected.bodies(probe, device)

    def wrong(index: int, body: bytes) -> bool:
        if body == bodies[index]:
            return False
        limits = limits_of(expected, probe, index)
        return any(finding.must for finding in findings_of(probe, bank.examples[index], bodies[index], body, limits))

    return wrong
