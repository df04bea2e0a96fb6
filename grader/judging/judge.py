"""The judge of a submission: replays the bank, compares, minimises, explains, decides."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import msgspec

from grader.authoring.exercises import Exercise
from grader.engine.faults import RunnerTrouble
from grader.engine.session import Session
from grader.judging import constraints, devices
from grader.judging.checks import compare
from grader.judging.constraints import Readings
from grader.judging.counterexample import reported
from grader.judging.judgement import Counterexample, Judgement, confirm_all, is_not_done, part, show
from grader.judging.load_failures import load_failures, undefined, with_reasons
from grader.judging.replay import Replayed, joined, replay, tried
from grader.judging.suite import Suite
from grader.judging.traits import only_for
from grader.records.errors import AuthorError, GraderError
from grader.records.findings import Finding, Kind
from grader.records.observations import Observation
from grader.records.text.saying import say
from grader.records.verdict import Outcome, Verdict, decide

OUTCOMES: dict[Kind, Outcome] = {
    "raised": "raised",
    "timeout": "timeout",
    "memory": "memory",
    "crashed": "crashed",
    "protocol": "protocol",
    "missing": "missing",
    "banned": "forbidden",
    "needs": "forbidden",
    "unloaded": "unloaded",
    "unreadable": "unreadable",
}
"""What a finding that costs points makes of the exercise; every other kind makes it `failed`."""


def judge(suite: Suite, exercise: Exercise, session: Session) -> Verdict:
    """Return the verdict on one exercise.

    Never raises for what a submission does. A runner whose own code fails is replaced once, where another exercise may
    have broken it; when it fails again the exercise gets no points, since this submission brought it about.
    """
    return _judged(suite, exercise, session, constraints.read([exercise], session, suite.given))


def judge_all(suite: Suite, session: Session) -> tuple[Verdict, ...]:
    """Return the verdicts on all exercises of the suite, in its order.

    An error of ours costs one exercise its judgement, and no other. Raises `AuthorError`.
    """
    try:
        readings = constraints.read(suite.exercises, session, suite.given)
    except AuthorError:
        raise
    except Exception as error:  # noqa: BLE001 - ours: all of it must be graded again
        return tuple(_not_judged(Judgement(exercise), error) for exercise in suite.exercises)
    return _through(suite, suite.exercises, session, readings, _not_judged)


def _judged(suite: Suite, exercise: Exercise, session: Session, readings: Readings) -> Verdict:
    return _through(suite, [exercise], session, readings, _raised)[0]


_Salvage = Callable[[Judgement, Exception], Verdict]
"""What becomes of a case that met an error of ours; may raise it."""


@dataclasses.dataclass(frozen=True)
class _Stage:
    """A step that all exercises take before any takes the next."""

    step: Callable[[Suite, Judgement, Session, Readings], Judgement]
    wanted: Callable[[Judgement], bool] = lambda judgement: True
    apart: bool = False
    """Whether it begins with fresh runners."""


def _through(
    suite: Suite, exercises: Sequence[Exercise], session: Session, readings: Readings, salvage: _Salvage
) -> tuple[Verdict, ...]:
    """Take exercises to their verdicts stage by stage, so that few runners are needed.

    Everything runs in one runner, then the hidden probes in another: what these show to a submission must not come out
    in a finding that students see. What failed must fail once more where nothing else has run.
    """
    judgements = [Judgement(exercise) for exercise in exercises]
    for stage in _STAGES:
        chosen = [
            place for place, judgement in enumerate(judgements) if judgement.verdict is None and stage.wanted(judgement)
        ]
        if chosen and stage.apart:
            session.fresh()
        for place in chosen:
            judgements[place] = _salvaged(stage, suite, judgements[place], session, readings, salvage)
    return tuple(judgement.verdict for judgement in judgements if judgement.verdict is not None)


def _salvaged(
    stage: _Stage, suite: Suite, judgement: Judgement, session: Session, readings: Readings, salvage: _Salvage
) -> Judgement:
    try:
        return _stepped(stage, suite, judgement, session, readings)
    except AuthorError:
        raise
    except Exception as error:  # noqa: BLE001 - ours: this exercise must be graded again, the others are unharmed
        verdict = salvage(judgement, error)
        session.fresh()
        return dataclasses.replace(judgement, verdict=verdict)


def _stepped(stage: _Stage, suite: Suite, judgement: Judgement, session: Session, readings: Readings) -> Judgement:
    try:
        return stage.step(suite, judgement, session, readings)
    except RunnerTrouble as error:
        if session.others(judgement.exercise.id):
            session.fresh()
            return dataclasses.replace(judgement, verdict=_judged(suite, judgement.exercise, session, readings))
        message = say("the grader could not put this exercise to the submission: {error}", error=error)
        finding = Finding(kind="protocol", must=True, message=message)
        return dataclasses.replace(judgement, verdict=_verdict(judgement.exercise, (finding,), 0, 0.0))


def _raised(judgement: Judgement, error: Exception) -> Verdict:
    raise error


def _not_judged(judgement: Judgement, error: Exception) -> Verdict:
    reason = str(error) if isinstance(error, GraderError) else f"{type(error).__name__}: {error}"
    message = say("not judged, through no fault of the submission: {reason}; grade it again", reason=reason)
    finding = Finding(kind="protocol", must=False, message=message)
    exercise = judgement.exercise
    return decide(exercise.id, "not_judged", exercise.points, title=exercise.title, findings=(finding,))


def _attempt(suite: Suite, judgement: Judgement, session: Session, readings: Readings) -> Judgement:
    """Find out whether an exercise can be asked at all, and replay what students may know of."""
    session.load()
    early = _before_running(suite, judgement.exercise, session, readings)
    if early is not None:
        return dataclasses.replace(judgement, verdict=_verdict(judgement.exercise, (early,), 0, 0.0))
    return _tried(suite, judgement, session, readings, hidden=False)


def _tried(suite: Suite, judgement: Judgement, session: Session, readings: Readings, *, hidden: bool) -> Judgement:
    exercise = part(judgement.exercise, hidden=hidden)
    if exercise is None:
        return judgement
    replayed = replay(suite, exercise, session)
    whole = replayed if judgement.replayed is None else joined(judgement.replayed, replayed)
    judgement = dataclasses.replace(judgement, replayed=whole)
    if replayed.musts:
        return show(suite, judgement, replayed, session)
    if whole.musts or any(finding.must for finding in judgement.broken):
        return judgement
    broken = constraints.broken_by_behaviour(exercise, session, readings, suite.banks, replayed.observations)
    return dataclasses.replace(judgement, broken=(*judgement.broken, *broken))


def _confirm(suite: Suite, judgement: Judgement, session: Session, readings: Readings) -> Judgement:
    return confirm_all(suite, judgement, session)


def _simulate(suite: Suite, judgement: Judgement, session: Session, readings: Readings) -> Judgement:
    found = devices.simulated(suite, judgement.exercise, session)
    return judgement if found is None else dataclasses.replace(judgement, broken=(*judgement.broken, found))


def _may_run_elsewhere(judgement: Judgement) -> bool:
    """Whether an exercise is right so far, and its author asks whether it runs on other devices."""
    wrong = judgement.replayed is None or judgement.replayed.musts or any(finding.must for finding in judgement.broken)
    return not wrong and devices.asked(judgement.exercise)


def _conclude(suite: Suite, judgement: Judgement, session: Session, readings: Readings) -> Judgement:
    replayed = judgement.replayed
    assert replayed is not None
    if not replayed.musts:
        advice = _distinct(finding for failure in replayed.failures for finding in failure.findings)
        return _decided(suite, judgement, (*judgement.broken, *advice), replayed)
    stub = _stub(judgement)
    if stub is not None:
        # No state that an exercise leaves behind takes another's code away.
        return _decided(suite, judgement, (stub,), replayed)
    if replayed.before and not any(one.steady for one in judgement.counterexamples):
        return dataclasses.replace(judgement, verdict=_again(suite, judgement.exercise, session, readings))
    known = suite.mistakes or suite.sealed
    message = known.explain(judgement.exercise, replayed.observations, suite.devices[0]) if known else None
    findings: list[Finding] = []
    for one in judgement.counterexamples:
        findings += reported(one.confirmed or one.best, message, one.given, _only(suite, replayed, one))
    return _decided(suite, judgement, with_reasons(tuple(findings), load_failures(session)), replayed)


def _only(suite: Suite, replayed: Replayed, one: Counterexample) -> str:
    """Return on which examples of its bank alone a probe fails; "" where nothing marks them or it is not steady."""
    probe, device = one.failure.probe, one.failure.device
    same = (other for other in replayed.musts if (other.probe.id, other.device) == (probe.id, device))
    wrong = {other.example for other in same if other.example is not None}
    if not one.failure.can_shrink or one.confirmed is None or one.confirmed.findings[0].kind == "nondeterministic":
        return ""
    return only_for(wrong, suite.banks[probe.id].examples)


def _again(suite: Suite, exercise: Exercise, session: Session, readings: Readings) -> Verdict:
    """Judge an exercise that failed, but perhaps by another's doing, once more by itself.

    An answer that passes now and then does not pass: this one must do it twice.
    """
    session.fresh()
    verdict = _judged(suite, exercise, session, readings)
    if verdict.outcome != "passed":
        return verdict
    session.fresh()
    return _judged(suite, exercise, session, readings)


def _has_hidden(judgement: Judgement) -> bool:
    return part(judgement.exercise, hidden=True) is not None


def _has_failed(judgement: Judgement) -> bool:
    return bool(judgement.counterexamples) and _stub(judgement) is None


_STAGES = (
    _Stage(_attempt),
    _Stage(partial(_tried, hidden=True), _has_hidden, apart=True),
    _Stage(_confirm, _has_failed),
    _Stage(_simulate, _may_run_elsewhere),
    _Stage(_conclude),
)


def _before_running(suite: Suite, exercise: Exercise, session: Session, readings: Readings) -> Finding | None:
    """Return what ends the judgement before a probe runs: it cannot be loaded, is missing, or calls what is banned."""
    if session.load_fault is not None:
        return compare(Observation("returned"), session.load_fault, exercise.probes[0].policy)[0]
    loaded = session.loaded
    assert loaded is not None
    missing = [name for name in exercise.names if name not in loaded.names]
    if missing:
        asked = {name for one in suite.exercises for name in one.names}
        return undefined(missing, load_failures(session), loaded.names, asked)
    return constraints.banned_by_source(exercise, readings)


def _decided(suite: Suite, judgement: Judgement, findings: tuple[Finding, ...], replayed: Replayed) -> Judgement:
    count = sum(len(observed) for observed in replayed.observations.values())
    hidden = sum(len(replayed.observations[probe.id]) for probe in judgement.exercise.probes if probe.hidden)
    parts = list(_parts(judgement.exercise, findings, replayed))
    verdict = _verdict(judgement.exercise, findings, count, replayed.seconds, hidden, parts)
    if suite.tells_examples:
        verdict = msgspec.structs.replace(verdict, tried=tried(suite, judgement.exercise, replayed))
    return dataclasses.replace(judgement, verdict=verdict)


def _parts(exercise: Exercise, findings: tuple[Finding, ...], replayed: Replayed) -> Iterator[tuple[str, float, bool]]:
    """Yield the parts of an exercise, and whether nothing was found that costs the points of each."""
    failed = {failure.probe.id for failure in replayed.musts}
    lost = not failed and any(finding.must for finding in findings)  # by a law of the source, and not by an example
    for name, (points, probes) in exercise.parts().items():
        yield name, points, not lost and not probes & failed and probes <= replayed.observations.keys()


def _stub(judgement: Judgement) -> Finding | None:
    """Return the finding that nothing is written yet, if every example says so."""
    if judgement.replayed is None:
        return None
    failures, total = (
        judgement.replayed.musts,
        sum(len(observed) for observed in judgement.replayed.observations.values()),
    )
    if len(failures) != total or not all(is_not_done(failure) for failure in failures):
        return None
    names = ", ".join(judgement.exercise.names)
    message = say("{names} is still the stub: it raises NotImplementedError", names=names)
    return Finding(kind="missing", must=True, message=message)


def _distinct(findings: Iterator[Finding]) -> tuple[Finding, ...]:
    first: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        first.setdefault((finding.kind, finding.where), finding)
    return tuple(first.values())[:5]


def _verdict(
    exercise: Exercise,
    findings: tuple[Finding, ...],
    count: int,
    seconds: float,
    hidden: int = 0,
    parts: Iterable[tuple[str, float, bool]] = (),
) -> Verdict:
    musts = [finding for finding in findings if finding.must]
    outcome: Outcome = OUTCOMES.get(musts[0].kind, "failed") if musts else "passed"
    return decide(
        exercise.id,
        outcome,
        exercise.points,
        title=exercise.title,
        examples=count,
        seconds=round(seconds, 6),
        findings=findings,
        hints=exercise.hints,
        hidden_examples=hidden,
        parts=parts or [(name, points, False) for name, (points, _) in exercise.parts().items()],
    )
