"""From points to a grade: late days, extensions, weights and what is dropped, each with the words that explain it."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from grader.course.settings import Assignment, Course
from grader.records.late import DAY, days_late, percent_lost
from grader.records.verdict import add
from grader.results.report import SubmissionReport

Extension = datetime.timedelta | datetime.datetime


@dataclasses.dataclass(frozen=True)
class Work:
    """One student's work on one assignment."""

    earned: float | None
    """Points before any penalty; None while something must be graded again."""
    handed_in: datetime.datetime | None
    """None where nobody knows when."""
    earlier: tuple[Work, ...] = ()
    """Attempts before this one."""


@dataclasses.dataclass(frozen=True)
class Mark:
    """What one assignment counts."""

    assignment: str
    points: float | None
    """After the penalty; None while something must be graded again."""
    max_points: float
    weight: float
    reasons: tuple[str, ...] = ()
    """What made it more or less than what was earned, as the student may read it."""
    dropped: bool = False

    @property
    def share(self) -> float:
        """The part of its points that is earned, from 0 to 1."""
        return (self.points or 0.0) / self.max_points if self.max_points else 0.0


@dataclasses.dataclass(frozen=True)
class Standing:
    """One student's course."""

    student: str
    marks: tuple[Mark, ...]
    percent: float | None
    """The weighted mean; None while something that counts must be graded again, or when nothing counts."""


def works_of(
    submissions: Sequence[SubmissionReport], times: Mapping[tuple[str, str], datetime.datetime]
) -> dict[tuple[str, str], Work]:
    """Return work by student and assignment."""
    keys = {(one.student, one.assignment): one for one in submissions}
    return {key: Work(one.points, times.get(key), _earlier(one)) for key, one in keys.items()}


def _earlier(submission: SubmissionReport) -> tuple[Work, ...]:
    attempts = submission.attempts or ()
    return tuple(Work(one.points, datetime.datetime.fromisoformat(one.handed_in)) for one in attempts)


def standing(
    course: Course,
    student: str,
    works: Mapping[str, Work],
    extensions: Mapping[str, Extension] | None = None,
    names: Sequence[str] | None = None,
) -> Standing:
    """Return a student's marks, of the assignments `names`, or of all.

    `works` and `extensions` go by assignment; an extension of `""` holds for all that have none of their own. What was
    not handed in counts nothing. Free days are used by due date, the earliest first.
    """
    extensions = extensions or {}
    counted = [one for one in course.assignments if names is None or one.name in names]
    by_due = sorted(counted, key=lambda one: (one.due is None, one.due.timestamp() if one.due else 0.0))
    free = course.late.free_days
    marks: dict[str, Mark] = {}
    for assignment in by_due:
        extension = extensions.get(assignment.name, extensions.get(""))
        marks[assignment.name], free = _mark(course, assignment, works.get(assignment.name), extension, free)
    ordered = _dropped([marks[one.name] for one in counted], course.grade.drop_lowest)
    return Standing(student, tuple(ordered), _percent(ordered))


def _mark(
    course: Course, assignment: Assignment, work: Work | None, extension: Extension | None, free: int
) -> tuple[Mark, int]:
    weight = assignment.points if assignment.weight is None else assignment.weight
    mark = Mark(assignment.name, 0.0, assignment.points, weight)
    if work is None:
        return dataclasses.replace(mark, reasons=("not handed in",)), free
    attempts = (*work.earlier, work) if course.grade.counts == "best" else (work,)
    if any(one.earned is None for one in attempts):
        return dataclasses.replace(mark, points=None, reasons=("to be graded again",)), free
    best, left = _of_attempt(course, assignment, mark, work, extension, free)
    counted = "the last"
    for one in reversed(attempts[:-1]):
        other, other_left = _of_attempt(course, assignment, mark, one, extension, free)
        # Among equals the one that leaves more free days, then the later one.
        if (other.points or 0.0, other_left) > (best.points or 0.0, left):
            best, left, counted = other, other_left, f"that of {one.handed_in:%Y-%m-%d %H:%M %Z}"
    if len(attempts) > 1:
        best = dataclasses.replace(
            best, reasons=(f"the best of {len(attempts)} attempts counts: {counted}", *best.reasons)
        )
    return best, left


def _of_attempt(
    course: Course, assignment: Assignment, mark: Mark, work: Work, extension: Extension | None, free: int
) -> tuple[Mark, int]:
    """Return what one attempt counts, and how many free days are left then."""
    earned = work.earned or 0.0
    due, reasons = _extended(assignment.due, extension)
    if due is None or work.handed_in is None:
        unknown = ["no time of hand-in is known: taken as in time"] if due is not None else []
        return dataclasses.replace(mark, points=earned, reasons=(*reasons, *unknown)), free
    days = days_late((work.handed_in - due).total_seconds(), course.late.grace_minutes)
    used = min(days, free)
    lost = percent_lost(days - used, course.late.percent_per_day, course.late.max_percent)
    if days:
        reasons.append(_reason(days, used, free - used, lost))
    return dataclasses.replace(mark, points=add([earned * (100 - lost) / 100]), reasons=tuple(reasons)), free - used


def _extended(due: datetime.datetime | None, extension: Extension | None) -> tuple[datetime.datetime | None, list[str]]:
    if due is None or extension is None:
        return due, []
    until = max(due, extension if isinstance(extension, datetime.datetime) else due + extension)
    if until == due:
        return due, []
    days = (until - due).total_seconds() / DAY
    return until, [f"extension: {days:g} {'day' if days == 1 else 'days'}, until {until:%Y-%m-%d %H:%M %Z}"]


def _reason(days: int, used: int, left: int, lost: float) -> str:
    text = f"{days} {'day' if days == 1 else 'days'} late"
    if used:
        text += f", {used} of them free ({left} left)"
    return f"{text}: -{lost:g}%" if lost else f"{text}: no penalty"


def _dropped(marks: Sequence[Mark], many: int) -> list[Mark]:
    """Return the marks, the lowest of them dropped; one always counts, and none that is still to be graded."""
    lowest = sorted((mark for mark in marks if mark.points is not None), key=lambda mark: mark.share)
    out = {mark.assignment for mark in lowest[: max(min(many, len(marks) - 1), 0)]}
    return [
        dataclasses.replace(mark, dropped=True, reasons=(*mark.reasons, "dropped: among the lowest"))
        if mark.assignment in out
        else mark
        for mark in marks
    ]


def _percent(marks: Sequence[Mark]) -> float | None:
    counting = [mark for mark in marks if not mark.dropped and mark.weight > 0]
    if not counting or any(mark.points is None for mark in counting):
        return None
    return round(100 * add(mark.share * mark.weight for mark in counting) / add(mark.weight for mark in counting), 2)
