"""One exercise of one submission on its way to a verdict: what failed, what shows it best, whose doing it is."""

from __future__ import annotations

import dataclasses

from grader.authoring.exercises import Exercise
from grader.engine.session import Session
from grader.judging.actual_arguments import actual_arguments
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
    confirmed: Failure | None = None
    """As it came once more, or how it did not."""
    steady: bool = False
    """Whether it came once more where nothing else had run: then nothing but the exercise itself can be to blame."""
    given: str = ""
    """Code for what the answer really got, where that is not the input."""


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
    """Return the judgement with the failing probes of one part of it, the first of all on the smallest input found."""
    failures = replayed.musts
    counterexamples = list(judgement.counterexamples)
    for probe_id in dict.fromkeys(failure.probe.id for failure in failures):
        if len(counterexamples) == _MOST:
            break
        failure = best = smallest([failure for failure in failures if failure.probe.id == probe_id])
        if not counterexamples and not all(is_not_done(failure) for failure in failures):
            best = search(suite, session, failure, replayed.observations[probe_id])
        counterexamples.append(Counterexample(failure, best))
    return dataclasses.replace(judgement, counterexamples=tuple(counterexamples))


def confirm_all(suite: Suite, judgement: Judgement, session: Session) -> Judgement:
    """Return the judgement with its failures as they come once more, in fresh runners where nothing else has run.

    Those of hidden probes come in a runner of their own: what these show must not come out in the others' messages.
    What the very same submission has shown of the same failure already is not asked again.
    """
    replayed = judgement.replayed
    assert replayed is not None
    confirmed: list[Counterexample] = []
    asked: bool | None = None
    for one in judgement.counterexamples:
        key = _key(one, replayed, session)
        if key in suite.memory.confirmed:
            known = suite.memory.confirmed[key]
            confirmed.append(dataclasses.replace(one, confirmed=one.best, steady=True, given=known))
            continue
        if one.failure.can_shrink and asked != one.failure.probe.hidden:
            session.fresh()
            asked = one.failure.probe.hidden
        again = _confirmed(suite, judgement.exercise, one, session)
        if again.steady and again.confirmed is not None and again.confirmed.findings == one.best.findings:
            suite.memory.confirmed[key] = again.given
        confirmed.append(again)
    return dataclasses.replace(judgement, counterexamples=tuple(confirmed))


def _confirmed(suite: Suite, exercise: Exercise, one: Counterexample, session: Session) -> Counterexample:
    if not one.failure.can_shrink:
        return dataclasses.replace(one, confirmed=one.best)
    tried = [one.best] if one.best is one.failure else [one.best, one.failure]
    busy = session.busy
    again = confirm(suite, session, tried)
    if busy and (again is None or again.findings != one.best.findings):  # another of its probes may have spoilt it
        session.fresh()
        again = confirm(suite, session, tried)
    if again is None:
        return dataclasses.replace(one, confirmed=unsteady(one.failure))
    # Asked where no hidden input was ever seen, since it is shown.
    given = "" if again.probe.hidden else actual_arguments(session, again, exercise.names)
    return dataclasses.replace(one, confirmed=again, steady=True, given=given)


def _key(one: Counterexample, replayed: Replayed, session: Session) -> bytes:
    """Return a digest of a submission, of what it did on a probe's bank, and of the input to show."""
    best = one.best
    observed = [each.body for each in replayed.observations[best.probe.id]]
    return digest_of([session.digest, best.probe.id.encode(), best.device.encode(), best.example or b"", *observed])


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
