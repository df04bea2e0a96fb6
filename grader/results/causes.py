"""Which mistakes a class makes: failures that have one and the same cause, with everybody behind each."""

from __future__ import annotations

import dataclasses
import re
import statistics
from collections.abc import Iterable, Sequence

from grader.records.findings import Finding
from grader.records.verdict import Outcome
from grader.results.render.statistics import trouble
from grader.results.report import ExerciseReport, Report

_VARYING = re.compile(r"[-+]?\d[\d_.]*(?:e[-+]?\d+)?|'[^']*'|\"[^\"]*\"|`[^`]*`", re.IGNORECASE)
"""What differs between two students with the same mistake: numbers, and texts of their own."""

HARD = 0.3
"""An exercise that a smaller share of at least `FEW` submissions passes is marked as hard."""
FEW = 5

LOOK: dict[Outcome, str] = {
    "not_judged": "the grader failed there: grade it again",
    "protocol": "it sent what no answer sends: read it",
    "crashed": "it ended the process",
    "memory": "it ran out of memory",
    "timeout": "it ran out of time",
    "unreadable": "its file cannot be read",
    "unloaded": "it could not be loaded",
}
"""Outcomes that a person should look at, the most urgent first, and why."""


@dataclasses.dataclass(frozen=True)
class Cause:
    """One way to go wrong in one exercise."""

    exercise: str
    title: str
    """In a few words, such as "wrong shape"."""
    example: Finding | None
    """What the first of them was told."""
    students: tuple[str, ...]
    foreseen: bool
    """Whether the author foresaw it."""


@dataclasses.dataclass(frozen=True)
class Look:
    """Work that a person should look at."""

    student: str
    exercises: tuple[str, ...]
    outcome: str
    why: str


@dataclasses.dataclass(frozen=True)
class Pace:
    """How long the answers to an exercise run, in seconds."""

    median: float
    longest: float


def causes(report: Report) -> list[Cause]:
    """Return why exercises failed across the class, the commonest first; what is not written is no mistake."""
    groups: dict[tuple[str, str], list[tuple[str, ExerciseReport]]] = {}
    for student, exercise in _exercises(report):
        if exercise.outcome not in ("passed", "missing", "not_judged"):
            groups.setdefault((exercise.id, _cause(exercise)), []).append((student, exercise))
    found = [_group(members) for members in groups.values()]
    return sorted(found, key=lambda cause: (-len(cause.students), cause.exercise))


def looks(report: Report) -> list[Look]:
    """Return what a person should look at: outcomes that may be ours or an attack, and bans that were not decided."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for student, one in _exercises(report):
        if one.outcome in LOOK:
            groups.setdefault((student, one.outcome, LOOK[one.outcome]), []).append(one.id)
        for finding in one.findings:
            if finding.kind in ("banned", "needs") and not finding.must:
                groups.setdefault((student, one.outcome, finding.message), []).append(one.id)
    order: dict[str, int] = {name: place for place, name in enumerate(LOOK)}
    found = [Look(student, tuple(ids), outcome, why) for (student, outcome, why), ids in groups.items()]
    return sorted(found, key=lambda look: order.get(look.outcome, len(order)))


def flaky(report: Report) -> set[str]:
    """Return the exercises in which somebody's answer gave now one result, now another."""
    return {
        one.id for _, one in _exercises(report) if any(finding.kind == "nondeterministic" for finding in one.findings)
    }


def paces(report: Report) -> dict[str, Pace]:
    """Return how long the answers to each exercise run, of those that ran."""
    times: dict[str, list[float]] = {}
    for _, exercise in _exercises(report):
        if exercise.examples:
            times.setdefault(exercise.id, []).append(exercise.seconds)
    return {name: Pace(statistics.median(found), max(found)) for name, found in times.items()}


def _exercises(report: Report) -> Iterable[tuple[str, ExerciseReport]]:
    return ((submission.student, one) for submission in report.submissions for one in submission.exercises)


def _first(exercise: ExerciseReport) -> Finding | None:
    return next((finding for finding in exercise.findings if finding.must), None)


def _cause(exercise: ExerciseReport) -> str:
    """Return what is the same for all who make a mistake: the author's words for it, else the message's shape."""
    finding = _first(exercise)
    if finding is None:
        return exercise.outcome
    if finding.mistake:
        return f"mistake {finding.mistake}"
    return f"{exercise.outcome} {finding.kind} {finding.where} {_VARYING.sub('#', finding.message[:400])}"


def _group(members: Sequence[tuple[str, ExerciseReport]]) -> Cause:
    first = members[0][1]
    finding = _first(first)
    students = tuple(dict.fromkeys(student for student, _ in members))
    return Cause(first.id, trouble(first), finding, students, bool(finding and finding.mistake))
