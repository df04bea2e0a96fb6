"""The judge of one exercise of one submission: replays the bank, compares, minimises, explains, decides."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence

from grader import witness
from grader.bank import Bank
from grader.bench import Bench
from grader.checks import compare
from grader.contrast import Failure, compare_all, findings_of, smallest
from grader.counterexample import Evidence, evidence
from grader.exercise import Exercise, Probe
from grader.findings import Finding, Kind
from grader.observations import Observation, Observed
from grader.run import RunnerTrouble, Session
from grader.source import ParsedSource
from grader.verdict import Outcome, Verdict, decide

OUTCOMES: dict[Kind, Outcome] = {
    "raised": "raised",
    "timeout": "timeout",
    "memory": "memory",
    "crashed": "crashed",
    "protocol": "protocol",
    "missing": "missing",
    "banned": "forbidden",
    "needs": "forbidden",
    "unreadable": "unreadable",
}
"""What a finding that costs points makes of the exercise; every other kind makes it `failed`."""


def judge(bench: Bench, exercise: Exercise, session: Session, parsed: ParsedSource) -> Verdict:
    """Return the verdict on one exercise.

    Never raises for what a submission does. A runner whose own code fails is replaced once, where another exercise may
    have broken it; when it fails again the exercise gets no points, since this submission brought it about.
    """
    try:
        session.load()
        early = _before_running(exercise, session, parsed)
        if early is not None:
            return _verdict(exercise, (early,), 0, 0.0)
        return _run(bench, exercise, session, parsed)
    except RunnerTrouble as error:
        if session.shared(exercise.id):
            session.fresh()
            return judge(bench, exercise, session, parsed)
        message = f"the runner could not put this exercise to the submission: {error}"
        return _verdict(exercise, (Finding(kind="protocol", must=True, message=message),), 0, 0.0)


def _before_running(exercise: Exercise, session: Session, parsed: ParsedSource) -> Finding | None:
    """Return what ends the judgement before a probe runs: it cannot be loaded, is missing, or calls what is banned."""
    if session.load_fault is not None:
        return compare(Observation("returned"), session.load_fault, exercise.probes[0].policy)[0]
    loaded = session.loaded
    assert loaded is not None
    missing = [name for name in exercise.names if name not in loaded.names]
    if missing:
        message = f"the submission does not define {', '.join(missing)}"
        for cell, error in loaded.errors[:1]:
            where = f"cell {error.cell or cell}, line {error.line}" if error.cell else f"line {error.line}"
            message += f"; loading met {error.type_names[0]}: {error.message} at {where}"
        return Finding(kind="missing", must=True, message=message)
    return witness.banned_by_source(exercise, parsed)


def _run(bench: Bench, exercise: Exercise, session: Session, parsed: ParsedSource) -> Verdict:
    """Replay everything and explain what fails.

    A failure must not be an earlier exercise's doing: the input that shows it must fail in a fresh runner too, else
    everything is run again in one.
    """
    shared = session.shared(exercise.id)
    replayed = _replay(bench, exercise, session)
    if not replayed.musts:
        return _passed(bench, exercise, session, parsed, replayed)
    findings, alone = _explain(bench, exercise, session, replayed)
    if not shared or alone:
        return _decide(exercise, findings, replayed)
    session.fresh()
    replayed = _replay(bench, exercise, session)
    if not replayed.musts:
        # An answer that passes now and then does not pass: this must be repeated in another fresh runner.
        session.fresh()
        replayed = _replay(bench, exercise, session)
    if not replayed.musts:
        return _passed(bench, exercise, session, parsed, replayed)
    return _decide(exercise, _explain(bench, exercise, session, replayed)[0], replayed)


def _passed(bench: Bench, exercise: Exercise, session: Session, parsed: ParsedSource, replayed: _Replayed) -> Verdict:
    advice = _distinct(finding for failure in replayed.failures for finding in failure.findings)
    broken = witness.broken_by_behaviour(exercise, session, parsed, bench.banks, replayed.came)
    return _decide(exercise, (*broken, *advice), replayed)


def _decide(exercise: Exercise, findings: tuple[Finding, ...], replayed: _Replayed) -> Verdict:
    count = sum(len(observed) for observed in replayed.came.values())
    hidden = sum(len(replayed.came[probe.id]) for probe in exercise.probes if probe.hidden)
    return _verdict(exercise, findings, count, replayed.seconds, hidden)


@dataclasses.dataclass(frozen=True)
class _Replayed:
    """What came of the banks of an exercise, by probe, with what was found in it."""

    came: Mapping[str, Sequence[Observed]]
    failures: Sequence[Failure]
    seconds: float

    @property
    def musts(self) -> list[Failure]:
        """Return the failures that cost points."""
        return [failure for failure in self.failures if failure.must]


def _replay(bench: Bench, exercise: Exercise, session: Session) -> _Replayed:
    came: dict[str, list[Observed]] = {}
    failures: list[Failure] = []
    seconds = 0.0
    for device in bench.devices:
        for probe in exercise.probes:
            bank = bench.banks[probe.id]
            if probe.hidden:
                session.fresh()  # what a hidden probe shows to a submission must not come out in a public finding
            expected = bench.expected.bodies(probe, device)
            observed = session.observe(probe, len(bank.examples), device, wrong=_wrong(probe, bank, expected))
            if probe.hidden:
                session.fresh()
            came.setdefault(probe.id, []).extend(observed)
            seconds += sum(one.meta.seconds for one in observed)
            failures += compare_all(probe, bank, expected, observed, device)
    if not session.quiet():
        probe = exercise.probes[0]
        message = "the submission wrote into the grader's channel on its own"
        failures.append(Failure(probe, bench.devices[0], None, (Finding(kind="protocol", must=True, message=message),)))
    return _Replayed(came, failures, seconds)


def _wrong(probe: Probe, bank: Bank, expected: Sequence[bytes]) -> Callable[[int, bytes], bool]:
    def wrong(index: int, body: bytes) -> bool:
        if body == expected[index]:
            return False
        return any(finding.must for finding in findings_of(probe, bank.examples[index], expected[index], body))

    return wrong


def _explain(
    bench: Bench, exercise: Exercise, session: Session, replayed: _Replayed
) -> tuple[tuple[Finding, ...], bool]:
    """Return the findings to tell, on the smallest failing input of each failing probe.

    And whether one of these inputs failed in a runner that was asked nothing else.
    """
    failures = replayed.musts
    stub = _stub(exercise, failures, replayed.came)
    if stub is not None:
        return (stub,), True  # no state that an exercise leaves behind takes another's code away
    mistake = None
    if bench.mistakes is not None:
        mistake = bench.mistakes.match(exercise, replayed.came, bench.devices[0])
    shown: list[Evidence] = []
    probes = list(dict.fromkeys(failure.probe.id for failure in failures))
    for number, probe_id in enumerate(probes[:3]):
        failure = smallest([failure for failure in failures if failure.probe.id == probe_id])
        came = replayed.came[probe_id] if number == 0 else None
        shown.append(evidence(bench, session, failure, came, mistake.message if mistake else None))
    findings = tuple(finding for one in shown for finding in one.findings)
    return findings, any(one.alone for one in shown)


def _stub(exercise: Exercise, failures: Sequence[Failure], came: Mapping[str, Sequence[Observed]]) -> Finding | None:
    total = sum(len(observed) for observed in came.values())
    raised = [failure.findings[0] for failure in failures if _is_not_done(failure.findings[0].actual)]
    if raised and len(raised) == len(failures) == total:
        names = ", ".join(exercise.names)
        message = f"{names} is still the stub: it raises NotImplementedError"
        return Finding(kind="missing", must=True, message=message)
    return None


def _is_not_done(actual: str) -> bool:
    """Whether an exception is a stub's: torch raises one of the same type where a module has no forward."""
    return actual.startswith("raised NotImplementedError") and 'required "forward" function' not in actual


def _distinct(findings: Iterator[Finding]) -> tuple[Finding, ...]:
    first: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        first.setdefault((finding.kind, finding.where), finding)
    return tuple(first.values())[:5]


def _verdict(exercise: Exercise, findings: tuple[Finding, ...], count: int, seconds: float, hidden: int = 0) -> Verdict:
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
    )
