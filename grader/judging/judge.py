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
from grader.judging.case import Case, Shown, confirm_all, is_not_done, part, show
from grader.judging.checks import compare
from grader.judging.constraints import Readings
from grader.judging.counterexample import told
from grader.judging.really_given import really_given
from grader.judging.replay import Replayed, joined, replay, tried
from grader.judging.suite import Bench
from grader.judging.traits import only_for
from grader.judging.unloaded import undefined, unloaded, with_reasons
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


def judge(bench: Bench, exercise: Exercise, session: Session) -> Verdict:
    """Return the verdict on one exercise.

    Never raises for what a submission does. A runner whose own code fails is replaced once, where another exercise may
    have broken it; when it fails again the exercise gets no points, since this submission brought it about.
    """
    return _judged(bench, exercise, session, constraints.read([exercise], session, bench.given))


def judge_all(bench: Bench, session: Session) -> tuple[Verdict, ...]:
    """Return the verdicts on all exercises of the bench, in its order.

    An error of ours costs one exercise its judgement, and no other. Raises `AuthorError`.
    """
    try:
        readings = constraints.read(bench.exercises, session, bench.given)
    except AuthorError:
        raise
    except Exception as error:  # noqa: BLE001 - ours: all of it must be graded again
        return tuple(_not_judged(Case(exercise), error) for exercise in bench.exercises)
    return _through(bench, bench.exercises, session, readings, _not_judged)


def _judged(bench: Bench, exercise: Exercise, session: Session, readings: Readings) -> Verdict:
    return _through(bench, [exercise], session, readings, _raised)[0]


_Salvage = Callable[[Case, Exception], Verdict]
"""What becomes of a case that met an error of ours; may raise it."""


@dataclasses.dataclass(frozen=True)
class _Stage:
    """A step that all exercises take before any takes the next."""

    step: Callable[[Bench, Case, Session, Readings], Case]
    wanted: Callable[[Case], bool] = lambda case: True
    apart: bool = False
    """Whether it begins with fresh runners."""
    backwards: bool = False


def _through(
    bench: Bench, exercises: Sequence[Exercise], session: Session, readings: Readings, salvage: _Salvage
) -> tuple[Verdict, ...]:
    """Take exercises to their verdicts stage by stage, so that few runners are needed.

    Everything runs in one runner, then the hidden probes in another: what these show to a submission must not come out
    in a finding that students see. What failed must fail once more in a third, where nothing but itself is to blame.
    """
    cases = [Case(exercise) for exercise in exercises]
    for stage in _STAGES:
        chosen = [place for place, case in enumerate(cases) if case.verdict is None and stage.wanted(case)]
        if chosen and stage.apart:
            session.fresh()
        for place in reversed(chosen) if stage.backwards else chosen:
            cases[place] = _salvaged(stage, bench, cases[place], session, readings, salvage)
    return tuple(case.verdict for case in cases if case.verdict is not None)


def _salvaged(stage: _Stage, bench: Bench, case: Case, session: Session, readings: Readings, salvage: _Salvage) -> Case:
    try:
        return _stepped(stage, bench, case, session, readings)
    except AuthorError:
        raise
    except Exception as error:  # noqa: BLE001 - ours: this exercise must be graded again, the others are unharmed
        verdict = salvage(case, error)
        session.fresh()
        return dataclasses.replace(case, verdict=verdict)


def _stepped(stage: _Stage, bench: Bench, case: Case, session: Session, readings: Readings) -> Case:
    try:
        return stage.step(bench, case, session, readings)
    except RunnerTrouble as error:
        if session.others(case.exercise.id):
            session.fresh()
            return dataclasses.replace(case, verdict=_judged(bench, case.exercise, session, readings))
        message = say("the grader could not put this exercise to the submission: {error}", error=error)
        finding = Finding(kind="protocol", must=True, message=message)
        return dataclasses.replace(case, verdict=_verdict(case.exercise, (finding,), 0, 0.0))


def _raised(case: Case, error: Exception) -> Verdict:
    raise error


def _not_judged(case: Case, error: Exception) -> Verdict:
    reason = str(error) if isinstance(error, GraderError) else f"{type(error).__name__}: {error}"
    message = say("not judged, through no fault of the submission: {reason}; grade it again", reason=reason)
    finding = Finding(kind="protocol", must=False, message=message)
    exercise = case.exercise
    return decide(exercise.id, "not_judged", exercise.points, title=exercise.title, findings=(finding,))


def _attempt(bench: Bench, case: Case, session: Session, readings: Readings) -> Case:
    """Find out whether an exercise can be asked at all, and replay what students may know of."""
    session.load()
    early = _before_running(bench, case.exercise, session, readings)
    if early is not None:
        return dataclasses.replace(case, verdict=_verdict(case.exercise, (early,), 0, 0.0))
    return _tried(bench, case, session, readings, hidden=False)


def _tried(bench: Bench, case: Case, session: Session, readings: Readings, *, hidden: bool) -> Case:
    exercise = part(case.exercise, hidden=hidden)
    if exercise is None:
        return case
    replayed = replay(bench, exercise, session)
    whole = replayed if case.replayed is None else joined(case.replayed, replayed)
    case = dataclasses.replace(case, replayed=whole)
    if replayed.musts:
        return show(bench, case, replayed, session)
    if whole.musts or any(finding.must for finding in case.broken):
        return case
    broken = constraints.broken_by_behaviour(exercise, session, readings, bench.banks, replayed.came)
    return dataclasses.replace(case, broken=(*case.broken, *broken))


def _confirm(bench: Bench, case: Case, session: Session, readings: Readings, *, hidden: bool) -> Case:
    return confirm_all(bench, case, session, hidden=hidden)


def _simulate(bench: Bench, case: Case, session: Session, readings: Readings) -> Case:
    found = devices.simulated(bench, case.exercise, session)
    return case if found is None else dataclasses.replace(case, broken=(*case.broken, found))


def _may_run_elsewhere(case: Case) -> bool:
    """Whether an exercise is right so far, and its author asks whether it runs on other devices."""
    wrong = case.replayed is None or case.replayed.musts or any(finding.must for finding in case.broken)
    return not wrong and devices.asked(case.exercise)


def _conclude(bench: Bench, case: Case, session: Session, readings: Readings) -> Case:
    replayed = case.replayed
    assert replayed is not None
    if not replayed.musts:
        advice = _distinct(finding for failure in replayed.failures for finding in failure.findings)
        return _decided(bench, case, (*case.broken, *advice), replayed)
    stub = _stub(case)
    if stub is not None:
        # No state that an exercise leaves behind takes another's code away.
        return _decided(bench, case, (stub,), replayed)
    if any(one.before for one in case.shown) and not any(one.alone for one in case.shown):
        return dataclasses.replace(case, verdict=_again(bench, case.exercise, session, readings))
    known = bench.mistakes or bench.sealed
    message = known.explain(case.exercise, replayed.came, bench.devices[0]) if known else None
    findings: list[Finding] = []
    for one in case.shown:
        given, only = _given(bench, case.exercise, one, session), _only(bench, replayed, one)
        findings += told(one.confirmed or one.best, message, given, only)
    return _decided(bench, case, with_reasons(tuple(findings), unloaded(session)), replayed)


def _given(bench: Bench, exercise: Exercise, one: Shown, session: Session) -> str:
    failure = one.confirmed or one.best
    if failure.probe.hidden or failure.example is None:
        return ""
    key = (one.proof, failure.example)
    if key not in bench.memory.given:
        bench.memory.given[key] = really_given(session, failure, exercise.names)
    return bench.memory.given[key]


def _only(bench: Bench, replayed: Replayed, one: Shown) -> str:
    """Return on which examples of its bank alone a probe fails; "" where nothing marks them or it is not steady."""
    probe, device = one.failure.probe, one.failure.device
    same = (other for other in replayed.musts if (other.probe.id, other.device) == (probe.id, device))
    wrong = {other.example for other in same if other.example is not None}
    if not one.failure.can_shrink or one.confirmed is None or one.confirmed.findings[0].kind == "nondeterministic":
        return ""
    return only_for(wrong, bench.banks[probe.id].examples)


def _again(bench: Bench, exercise: Exercise, session: Session, readings: Readings) -> Verdict:
    """Judge an exercise that failed, but perhaps by another's doing, once more by itself.

    An answer that passes now and then does not pass: this one must do it twice.
    """
    session.fresh()
    verdict = _judged(bench, exercise, session, readings)
    if verdict.outcome != "passed":
        return verdict
    session.fresh()
    return _judged(bench, exercise, session, readings)


def _has_hidden(case: Case) -> bool:
    return part(case.exercise, hidden=True) is not None


def _has_failed(case: Case, *, hidden: bool) -> bool:
    return any(one.failure.probe.hidden == hidden for one in case.shown) and _stub(case) is None


_STAGES = (
    _Stage(_attempt),
    _Stage(partial(_tried, hidden=True), _has_hidden, apart=True),
    _Stage(partial(_confirm, hidden=False), partial(_has_failed, hidden=False), apart=True, backwards=True),
    _Stage(partial(_confirm, hidden=True), partial(_has_failed, hidden=True), apart=True, backwards=True),
    _Stage(_simulate, _may_run_elsewhere),
    _Stage(_conclude),
)


def _before_running(bench: Bench, exercise: Exercise, session: Session, readings: Readings) -> Finding | None:
    """Return what ends the judgement before a probe runs: it cannot be loaded, is missing, or calls what is banned."""
    if session.load_fault is not None:
        return compare(Observation("returned"), session.load_fault, exercise.probes[0].policy)[0]
    loaded = session.loaded
    assert loaded is not None
    missing = [name for name in exercise.names if name not in loaded.names]
    if missing:
        asked = {name for one in bench.exercises for name in one.names}
        return undefined(missing, unloaded(session), loaded.names, asked)
    return constraints.banned_by_source(exercise, readings)


def _decided(bench: Bench, case: Case, findings: tuple[Finding, ...], replayed: Replayed) -> Case:
    count = sum(len(observed) for observed in replayed.came.values())
    hidden = sum(len(replayed.came[probe.id]) for probe in case.exercise.probes if probe.hidden)
    parts = list(_parts(case.exercise, findings, replayed))
    verdict = _verdict(case.exercise, findings, count, replayed.seconds, hidden, parts)
    if bench.tells_examples:
        verdict = msgspec.structs.replace(verdict, tried=tried(bench, case.exercise, replayed))
    return dataclasses.replace(case, verdict=verdict)


def _parts(exercise: Exercise, findings: tuple[Finding, ...], replayed: Replayed) -> Iterator[tuple[str, float, bool]]:
    """Yield the parts of an exercise, and whether nothing was found that costs the points of each."""
    failed = {failure.probe.id for failure in replayed.musts}
    lost = not failed and any(finding.must for finding in findings)  # by a law of the source, and not by an example
    for name, (points, probes) in exercise.parts().items():
        yield name, points, not lost and not probes & failed and probes <= replayed.came.keys()


def _stub(case: Case) -> Finding | None:
    """Return the finding that nothing is written yet, if every example says so."""
    if case.replayed is None:
        return None
    failures, total = case.replayed.musts, sum(len(observed) for observed in case.replayed.came.values())
    if len(failures) != total or not all(is_not_done(failure) for failure in failures):
        return None
    names = ", ".join(case.exercise.names)
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
