"""Recognises typical mistakes: a submission that behaves like one is told what that mistake's docstring says."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from grader.authoring.exercises import Exercise, Mistake, Probe
from grader.engine.deadlines import Deadlines
from grader.engine.faults import RunnerTrouble
from grader.engine.session import Forker, Session
from grader.engine.submission_code import SubmissionCode
from grader.judging.comparison import decode_untrusted
from grader.judging.examples.bank import Bank
from grader.judging.sealing import alike
from grader.records.observations import Observed, decode_observation


class Mistakes:
    """The author's typical wrong answers, each run on the same examples when one is first looked up."""

    def __init__(
        self,
        zygote: Forker,
        reference: SubmissionCode,
        mistakes_source: str,
        mistakes: Sequence[Mistake],
        deadlines: Deadlines,
        banks: Mapping[str, Bank],
    ) -> None:
        self._banks = banks
        self._zygote = zygote
        self._reference = reference
        self._source = mistakes_source
        self._deadlines = deadlines
        self._lock = threading.Lock()
        self._by_exercise: dict[str, list[Mistake]] = {}
        for mistake in mistakes:
            self._by_exercise.setdefault(mistake.exercise, []).append(mistake)
        self._observed: dict[tuple[str, str, str, int], list[bytes]] = {}

    def explain(self, exercise: Exercise, observed: Mapping[str, Sequence[Observed]], device: str) -> str | None:
        """Return what the author says of the mistake that `match` finds."""
        mistake = self.match(exercise, observed, device)
        return None if mistake is None else mistake.message

    def match(self, exercise: Exercise, observed: Mapping[str, Sequence[Observed]], device: str) -> Mistake | None:
        """Return the mistake whose observations equal the submission's on every example, if there is one."""
        probes = [probe for probe in exercise.probes if probe.id in observed]
        for mistake in self._by_exercise.get(exercise.id, []):
            if all(self._equal(mistake, exercise, probe, observed[probe.id], device) for probe in probes):
                return mistake
        return None

    def observe(self, mistake: Mistake, exercise: Exercise, probe: Probe, count: int, device: str) -> list[bytes]:
        """Return a mistake's encoded observations of a probe's bank (its first `count` examples)."""
        key = (f"{mistake.exercise}:{mistake.name}", probe.id, device, count)
        with self._lock:
            if key not in self._observed:
                self._observed[key] = self._run(mistake, probe, count, device)
            return self._observed[key]

    def by_exercise(self) -> Mapping[str, Sequence[Mistake]]:
        """Return the mistakes by the id of their exercise."""
        return self._by_exercise

    def source(self, mistake: Mistake) -> SubmissionCode:
        """Return a mistake as a submission: the reference's code with one name replaced."""
        last = f"{mistake.replaces} = {mistake.name}.replacement"
        cells = (*self._reference.cells, self._source, last)
        return SubmissionCode(self._reference.assignment, "mistakes.py", cells)

    def _run(self, mistake: Mistake, probe: Probe, count: int, device: str) -> list[bytes]:
        with Session(self._zygote, self.source(mistake), self._deadlines) as session:
            try:
                return [
                    one.body for one in session.observe(probe, count, device, sent=self._banks[probe.id].sent(probe))
                ]
            except RunnerTrouble:
                return []  # nothing equals a mistake that cannot be run; doctor reports it

    def _equal(
        self, mistake: Mistake, exercise: Exercise, probe: Probe, observed: Sequence[Observed], device: str
    ) -> bool:
        bodies = self.observe(mistake, exercise, probe, len(observed), device)
        if len(bodies) != len(observed) or not bodies:
            return False
        return all(one.body == body or same(body, one.body, probe) for body, one in zip(bodies, observed, strict=True))


def same(expected: bytes, actual: bytes, probe: Probe) -> bool:
    """Say whether two encoded observations are the same, as `alike` says."""
    return alike(decode_observation(expected), decode_untrusted(actual), probe.policy)
