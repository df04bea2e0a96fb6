"""Searches many fresh inputs for one on which an answer is wrong for certain: by what needs no reference.

A right answer keeps the exercise's laws, ends on every input without an exception that was not announced, and leaves
inputs and generators alone where the reference does on all public examples. What it returns cannot be compared here.
"""

from __future__ import annotations

import dataclasses
import itertools
import time
from collections.abc import Iterator, Sequence

import msgspec

from grader.authoring.exercises import Exercise, Probe
from grader.engine.faults import RunnerTrouble
from grader.engine.session import Session
from grader.judging import laws
from grader.judging.checks import CHECKS
from grader.judging.comparison import Failure, decode_untrusted
from grader.judging.counterexample import reported
from grader.judging.driver import Run, Sink
from grader.judging.examples.bank import generated
from grader.judging.judge import OUTCOMES
from grader.judging.schedule import Graded, Graders, code_of
from grader.judging.shrinking import shrink
from grader.judging.suite import Suite
from grader.records.findings import Finding
from grader.records.observations import Observation, Observed, decode_example, decode_observation, encode_example
from grader.records.verdict import Searched, Verdict, decide

INPUTS = 1000
SECONDS = 20.0
"""For an exercise; what was reached by then is told."""
_BATCH = 50
_SHRINK_SECONDS = 5.0
_SHRINK_EXAMPLES = 200
_COMPARED = ("outcome", "mutation", "rng")
"""The checks that tell something certain without an expected value."""


def deepen(graders: Graders, graded: Graded, seed: int, inputs: int = INPUTS) -> Graded:
    """Return a submission's verdicts with those that passed searched for inputs on which they should not."""
    suite = graders.suites[graded.submission.assignment]
    exercises = {exercise.id: exercise for exercise in suite.exercises}
    source = code_of(graded.submission)
    verdicts = []
    with Session(graders.zygote, source, graders.deadlines, graders.limits) as session:
        for verdict in graded.verdicts:
            if verdict.outcome == "passed":
                session.fresh()
                verdict = _Search(suite, exercises[verdict.exercise], session, seed, inputs).verdict(verdict)
            verdicts.append(verdict)
    return dataclasses.replace(graded, verdicts=tuple(verdicts))


class DeepSink:
    """Searches deeper what passed before it hands on a submission's verdicts."""

    def __init__(self, graders: Graders, seed: int, sinks: Sequence[Sink]) -> None:
        self._graders = graders
        self._seed = seed
        self._sinks = sinks

    def begin(self, run: Run) -> None:
        """Hand on what is known of the run."""
        for sink in self._sinks:
            sink.begin(run)

    def add(self, graded: Graded, place: int) -> None:
        """Search, and hand on."""
        deeper = deepen(self._graders, graded, self._seed)
        for sink in self._sinks:
            sink.add(deeper, place)


class _Search:
    """The search for one exercise of one submission."""

    def __init__(self, suite: Suite, exercise: Exercise, session: Session, seed: int, inputs: int) -> None:
        self._suite = suite
        self._exercise = exercise
        self._session = session
        self._seed = seed
        self._probes = [probe for probe in exercise.probes if not probe.hidden]
        self._inputs = max(inputs // max(len(self._probes), 1), 1)
        self._deadline = time.monotonic() + SECONDS
        self._usual = {
            probe.id: _usual([decode_observation(body) for body in suite.expected.bodies(probe, "cpu")])
            for probe in self._probes
        }

    def verdict(self, passed: Verdict) -> Verdict:
        """Return the verdict with what was searched, and with the failure that was found, if one was."""
        count = sum(len(probe.laws) for probe in self._probes)
        searched = Searched(0, count, self._seed)
        for probe in self._probes:
            try:
                number, failure = self._through(probe)
            except RunnerTrouble:
                continue  # it says nothing of the answer, and nothing of these inputs
            searched = msgspec.structs.replace(searched, inputs=searched.inputs + number)
            if failure is not None:
                return msgspec.structs.replace(self._failed(passed, failure), searched=searched)
        return msgspec.structs.replace(passed, searched=searched)

    def _through(self, probe: Probe) -> tuple[int, Failure | None]:
        number = 0
        fresh = self._fresh(probe)
        while time.monotonic() < self._deadline and (batch := list(itertools.islice(fresh, _BATCH))):
            observations = self._session.call(probe, batch)
            for example, one in zip(batch, observations, strict=False):
                number += 1
                findings = self._wrong(probe, example, one)
                if findings:
                    return number, self._smallest(probe, example, findings, one.meta.printed)
        return number, None

    def _fresh(self, probe: Probe) -> Iterator[bytes]:
        known = frozenset(self._suite.banks[probe.id].examples)
        drawn = (encode_example(one.example) for one in generated(probe, self._seed, self._inputs))
        return itertools.islice((example for example in drawn if example not in known), self._inputs)

    def _wrong(self, probe: Probe, example: bytes, one: Observed) -> tuple[Finding, ...]:
        """Return what is wrong for certain, whatever the reference would do."""
        actual = decode_untrusted(one.body)
        if actual.error is not None and set(actual.error.type_names) & set(probe.raises):
            return ()
        expected = self._usual[probe.id]
        found = [finding for name in _COMPARED for finding in CHECKS[name](expected, actual, probe.policy, {})]
        found += laws.broken_laws(probe, decode_example(example), actual)
        return tuple(finding for finding in found if finding.must)

    def _smallest(self, probe: Probe, example: bytes, findings: Sequence[Finding], printed: str) -> Failure | None:
        """Return the failure on the smallest input found, if it comes once more in a fresh runner."""
        first = Failure(probe, "cpu", example, tuple(findings), printed)
        if not first.can_shrink:
            return first
        found = shrink(
            probe,
            lambda one: self._again(probe, encode_example(one)) is not None,
            decode_example(example),
            self._seed,
            _SHRINK_SECONDS,
            _SHRINK_EXAMPLES,
        )
        self._session.fresh()
        small = self._again(probe, encode_example(found) if found is not None else example)
        return small or self._again(probe, example)

    def _again(self, probe: Probe, example: bytes) -> Failure | None:
        one = self._session.call(probe, [example])[0]
        findings = self._wrong(probe, example, one)
        return Failure(probe, "cpu", example, findings, one.meta.printed, shrunk=True) if findings else None

    def _failed(self, passed: Verdict, failure: Failure) -> Verdict:
        findings = reported(failure, None)
        made = decide(
            passed.exercise,
            OUTCOMES.get(findings[0].kind, "failed"),
            passed.max_points,
            title=passed.title,
            examples=passed.examples,
            seconds=passed.seconds,
            findings=findings,
            hints=passed.hints,
            parts=[(name, points, False) for name, (points, _) in self._exercise.parts().items()],
        )
        return msgspec.structs.replace(made, tried=passed.tried)


def _usual(observations: Sequence[Observation]) -> Observation:
    """Return what right answers change on any public example, and a result of the usual kind."""
    returned = [one for one in observations if one.outcome == "returned"]
    return Observation(
        "returned",
        returned[0].value if returned else None,
        mutated=tuple({name for one in observations for name in one.mutated}),
        rng_moved=tuple({name for one in observations for name in one.rng_moved}),
    )
