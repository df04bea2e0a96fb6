"""The report: what graded submissions look like in JSON, format 1, and what a student may see of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from grader.records.errors import UsageError
from grader.records.findings import Finding, Kind
from grader.records.text.clean import clean
from grader.records.text.saying import later, say
from grader.records.verdict import Outcome, Part, Searched, Verdict, total

FORMAT = 1

Audience = Literal["student", "instructor"]

LONG = 20_000
"""Characters kept of a counterexample, of what was printed, and of a message."""


class Earlier(msgspec.Struct, frozen=True):
    """How the inputs fare that an exercise failed on when it was last checked."""

    failed: int
    """How many they were."""
    fixed: int
    """On how many of them it is right now."""
    broken: int = 0
    """On how many others, right before, it is wrong now."""


class ExerciseReport(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise of one submission."""

    id: str
    outcome: Outcome
    points: float | None
    """None, `null` in JSON, when it was not judged: to be graded again, and no zero."""
    max_points: float
    examples: int
    seconds: float
    findings: tuple[Finding, ...] = ()
    title: str = ""
    hints: tuple[str, ...] = ()
    hidden_examples: int = 0
    """How many of the examples belong to hidden probes."""
    parts: tuple[Part, ...] = ()
    """Those with points of their own; empty where it is all or nothing."""
    searched: Searched | msgspec.UnsetType = msgspec.UNSET
    """What `grader check --deep` searched; absent from JSON otherwise."""
    earlier: Earlier | msgspec.UnsetType = msgspec.UNSET
    """Of a student's own check, where the one before it failed; absent from JSON otherwise."""


class Attempt(msgspec.Struct, frozen=True):
    """What an earlier attempt at an assignment earned."""

    handed_in: str
    """Such as 2030-02-03T09:08:07Z."""
    points: float | None
    """None, `null` in JSON, as soon as one exercise was not judged."""
    max_points: float


class SubmissionReport(msgspec.Struct, frozen=True, kw_only=True):
    """One student's work on one assignment."""

    student: str
    assignment: str
    source: str
    points: float | None
    """None, `null` in JSON, as soon as one exercise was not judged."""
    max_points: float
    exercises: tuple[ExerciseReport, ...]
    judged_points: float = 0.0
    """Points of the exercises that were judged."""
    seconds: float = 0.0
    """Wall time for the whole submission."""
    notes: tuple[str, ...] = ()
    """Remarks on the file, such as a cell that raised; shown to everybody."""
    attempts: tuple[Attempt, ...] | msgspec.UnsetType = msgspec.UNSET
    """Those before this one, the first first, where the best of all counts; absent from JSON otherwise."""


class Sandbox(msgspec.Struct, frozen=True):
    """How the submissions were locked down: the measured level and what each layer gave."""

    level: str = "unknown"
    layers: dict[str, str] = {}


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All that one run of the grader found."""

    format: int = FORMAT
    course: str
    seed: str | None
    """The term's secret; None in what students get."""
    versions: dict[str, str]
    sandbox: Sandbox
    submissions: tuple[SubmissionReport, ...] = ()
    notes: tuple[str, ...] = ()
    complete: bool = True
    """False while, or because, not every submission was graded."""
    seconds: float = 0.0
    """Wall time of the run."""


def submission_report(
    student: str,
    assignment: str,
    source: str,
    verdicts: Iterable[Verdict],
    *,
    seconds: float = 0.0,
    notes: Iterable[str] = (),
) -> SubmissionReport:
    """Make the report on one submission; every text that it had a part in is made harmless here.

    >>> from grader.records.verdict import decide
    >>> one = submission_report("ada", "einsum", "einsum.py", [decide("einsum.trace", "passed", 1.0, examples=3)])
    >>> one.points, one.exercises[0].outcome
    (1.0, 'passed')
    """
    verdicts = tuple(verdicts)
    sums = total(verdicts)
    return SubmissionReport(
        student=_name(student),
        assignment=_name(assignment),
        source=_name(source),
        points=sums.points,
        max_points=sums.max_points,
        exercises=tuple(_exercise(verdict) for verdict in verdicts),
        judged_points=sums.judged_points,
        seconds=round(seconds, 6),
        notes=tuple(clean(note) for note in notes),
    )


def _exercise(verdict: Verdict) -> ExerciseReport:
    return ExerciseReport(
        id=verdict.exercise,
        outcome=verdict.outcome,
        points=verdict.points,
        max_points=verdict.max_points,
        examples=verdict.examples,
        seconds=round(verdict.seconds, 6),
        findings=tuple(_harmless(finding) for finding in verdict.findings),
        title=verdict.title,
        hints=verdict.hints,
        hidden_examples=verdict.hidden_examples,
        parts=verdict.parts,
        searched=msgspec.UNSET if verdict.searched is None else verdict.searched,
    )


def _harmless(finding: Finding) -> Finding:
    return msgspec.structs.replace(
        finding,
        message=clean(finding.message, LONG),
        where=clean(finding.where, 200, newlines=False),
        expected=clean(finding.expected, LONG),
        actual=clean(finding.actual, LONG),
        counterexample=clean(finding.counterexample, LONG),
        mistake=None if finding.mistake is None else clean(finding.mistake, LONG),
        printed=clean(finding.printed, LONG),
    )


def _name(text: str) -> str:
    # Names identify people and files, so they are kept as they are; only what UTF-8 cannot hold is escaped.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


_HIDDEN: dict[Kind, str] = {
    "value": later("the result has other values than expected"),
    "shape": later("the result has another shape than expected"),
    "dtype": later("the result has another dtype than expected"),
    "device": later("the result is on another device than expected"),
    "requires_grad": later("the result should require a gradient, or should not"),
    "gradient": later("the gradient is not right"),
    "mutation": later("an input was modified"),
    "aliasing": later("the result shares memory with an input"),
    "rng": later("the state of a random generator is not what it should be"),
    "structure": later("the result is built otherwise than expected"),
    "type": later("the result has another type than expected"),
    "raised": later("an exception was raised, or a due one was not"),
    "law": later("the result lacks a property that every right answer has"),
    "banned": later("it uses what this exercise bans"),
    "needs": later("it does without what this exercise needs"),
    "timeout": later("it did not end in time"),
    "memory": later("it needs too much memory"),
    "crashed": later("the process ended in the middle of it"),
    "protocol": later("the process sent what it should not"),
    "missing": later("a name that it needs is not defined"),
    "unloaded": later("what it needs could not be loaded"),
    "unusable": later("the result cannot be compared"),
    "nondeterministic": later("it gives now one result, now another"),
    "unreadable": later("the file cannot be read"),
}
"""All that a student is told of a hidden probe's finding, by its kind."""


def for_audience(report: Report, audience: Audience) -> Report:
    """Return what an audience may see: instructors all of it, students neither the seed nor anything hidden.

    This is the only redaction: whatever is shown to a student must have come through here.
    """
    if audience == "instructor":
        return report
    if audience != "student":
        raise ValueError(f"audience {audience!r} is neither 'student' nor 'instructor'")
    return msgspec.structs.replace(
        report, seed=None, submissions=tuple(submission_for_student(submission) for submission in report.submissions)
    )


def submission_for_student(submission: SubmissionReport) -> SubmissionReport:
    """Return what a student may see of a submission."""
    return msgspec.structs.replace(
        submission, exercises=tuple(_exercise_for_student(exercise) for exercise in submission.exercises)
    )


def _exercise_for_student(exercise: ExerciseReport) -> ExerciseReport:
    findings: list[Finding] = []
    for finding in exercise.findings:
        if finding.kind in ("banned", "needs") and not finding.must:
            continue  # what could not be decided is for whoever looks at it
        if not finding.hidden:
            findings.append(finding)
        elif finding.must:
            redacted = Finding(
                kind=finding.kind,
                must=True,
                message=say("A hidden test failed: {what}.", what=say(_HIDDEN[finding.kind])),
                hidden=True,
            )
            if redacted not in findings:
                findings.append(redacted)
    return msgspec.structs.replace(
        exercise,
        findings=tuple(findings),
        examples=max(exercise.examples - exercise.hidden_examples, 0),
        hidden_examples=0,
    )


def select(report: Report, student: str | None = None, assignment: str | None = None) -> Report:
    """Return the report on one student, one assignment, or one student's one assignment.

    It does not say how long grading took: that was said of all.
    """
    return msgspec.structs.replace(
        report,
        seconds=0.0,
        submissions=tuple(
            submission
            for submission in report.submissions
            if student in (None, submission.student) and assignment in (None, submission.assignment)
        ),
    )


def to_json(report: Report) -> bytes:
    """Return the report as indented UTF-8 JSON with a line end."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n"


class _Envelope(msgspec.Struct):
    format: int


def from_json(data: bytes | str, source: str = "the report") -> Report:
    """Read a report of format 1; keys that this version does not know are passed over.

    Raises `UsageError` for another format, for what is no JSON, and for keys that are missing or of another type.
    """
    try:
        found = msgspec.json.decode(data, type=_Envelope).format
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{source} is no report of the grader: {clean(str(error), 300)}",
            hint="Reports are written by `grader grade ... --json FILE`.",
        ) from error
    if found != FORMAT:
        raise UsageError(
            f"{source} is a report of format {found}; this version of the grader reads format {FORMAT}.",
            hint="Grade again with this version, or read the report with the version that wrote it.",
        )
    try:
        return msgspec.json.decode(data, type=Report)
    except msgspec.DecodeError as error:
        raise UsageError(
            f"{source} is a damaged report: {clean(str(error), 300)}", hint="Grade again to write it anew."
        ) from error


def read_report(path: Path) -> Report:
    """Read a report from a file. Raises `UsageError` as `from_json` does, and when it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"cannot read the report {path}: {error.strerror}",
            hint="Give the file that `grader grade ... --json FILE` wrote.",
        ) from error
    return from_json(data, str(path))
