"""One exercise of one submission on its way to a verdict: what failed, what shows it best, whose doing it is."""

from __future__ import annotations

import dataclasses

from grader.authoring.exercises import Exercise
from grader.engine.session import Session
from grader.judging.comparison import Failure, smallest
from grader.judging.counterexample import confirm, digest_of, search, unsteady
from grader.judging.replay import Replayed
from grader.judging.suite import Suite
from grader.records.findings import Finding
from grader.records.verdict import Verdict

_MOST = 3
"""Failing probes of an exercise that are explained."""


@dataclasses.dataclass(frozen=True)
class Counterexample:
    """A failing probe with the input to show."""

    failure: Failure
    """On the bank."""
    best: Failure
    """On the smallest input found."""
    before: frozenset[str]
    """Other exercises that the runner in which it failed had been asked about."""
    proof: bytes = b""
    """What `Memory.proven` knows it by."""
    confirmed: Failure | None = None
    """As it came once more."""
    alone: bool = False
    """Whether it came once more where nothing had been asked that was asked before it the first time: then nothing but
    the exercise itself can be to blame."""


@dataclasses.dataclass(frozen=True)
class Judgement:
    """What is known of an exercise so far; `verdict` ends it."""

    exercise: Exercise
    replayed: Replayed | None = None
    broken: tuple[Finding, ...] = ()
    """What a right answer does although it must not."""
    counterexamples: tuple[Counterexample, ...] = ()
    verdict: Verdict | None = None


def show(suite: Suite, judgement: Judgement, replayed: Replayed, session: Session) -> Judgement:
    """Return the case with the failing probes of one part of it, the first of all on the smallest input found."""
    failures = replayed.musts
    counterexamples = list(judgement.counterexamples)
    for probe_id in dict.fromkeys(failure.probe.id for failure in failures):
        if len(counterexamples) == _MOST:
            break
        failure = best = smallest([failure for failure in failures if failure.probe.id == probe_id])
        if not counterexamples and not all(is_not_done(failure) for failure in failures):
            best = search(suite, session, failure, replayed.observations[probe_id])
        counterexamples.append(Counterexample(failure, best, replayed.before, _proof(best, replayed, session)))
    return dataclasses.replace(judgement, counterexamples=tuple(counterexamples))


def confirm_all(suite: Suite, judgement: Judgement, session: Session, *, hidden: bool) -> Judgement:
    """Return the case with the failures of its hidden, or of its other probes, as they come once more.

    The last first: whoever goes through exercises from the last to the first, in runners that were fresh at the start,
    asks each where only those were asked that came after it the first time.
    """
    counterexamples = list(judgement.counterexamples)
    for place in reversed(range(len(counterexamples))):
        if counterexamples[place].failure.probe.hidden == hidden:
            counterexamples[place] = _confirmed(suite, judgement.exercise, counterexamples[place], session)
    return dataclasses.replace(judgement, counterexamples=tuple(counterexamples))


def _confirmed(suite: Suite, exercise: Exercise, one: Counterexample, session: Session) -> Counterexample:
    if not one.failure.can_shrink:
        return dataclasses.replace(one, confirmed=one.best)
    if one.proof in suite.memory.proven:
        return dataclasses.replace(one, confirmed=one.best, alone=True)
    tried = [one.best] if one.best is one.failure else [one.best, one.failure]
    before = session.others(exercise.id)
    busy = session.busy
    again = confirm(suite, session, tried)
    if busy and (again is None or again.findings != one.best.findings):  # what was asked before may have spoilt it
        session.fresh()
        before = frozenset()
        again = confirm(suite, session, tried)
    if again is None:
        return dataclasses.replace(one, confirmed=unsteady(one.failure))
    alone = not before & one.before
    if alone and again.findings == one.best.findings:
        suite.memory.proven.add(one.proof)
    return dataclasses.replace(one, confirmed=again, alone=alone)


def _proof(best: Failure, replayed: Replayed, session: Session) -> bytes:
    observations = [one.body for one in replayed.observations[best.probe.id]]
    return digest_of([session.digest, best.probe.id.encode(), best.device.encode(), best.example or b"", *observations])


def is_not_done(failure: Failure) -> bool:
    """Whether a failure is a stub's: the submission's own line raises it. Torch raises the same type for other things.

    It raises one for a module without forward, a dataset without items, an operation that a dtype does not have.
    """
    finding = failure.findings[0]
    return finding.kind == "raised" and "(raise NotImplementedError" in finding.message


def part(exercise: Exercise, *, hidden: bool) -> Exercise | None:
    """Return an exercise with its hidden, or with its other probes alone; None when it has none of these."""
    probes = [probe for probe in exercise.probes if probe.hidden == hidden]
    return dataclasses.replace(exercise, probes=probes) if probes else None
