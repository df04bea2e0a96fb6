"""A report as every other system wants it: who earned how much for what. The sums are taken from the report, once."""

from __future__ import annotations

import dataclasses
from collections import Counter

from grader.records.errors import UsageError
from grader.records.verdict import Outcome, add
from grader.results.render.exercise import exercise_text
from grader.results.render.words import OUTCOMES, count, short_name
from grader.results.report import Audience, ExerciseReport, Report, SubmissionReport, for_audience, select


@dataclasses.dataclass(frozen=True)
class Score:
    """One exercise of one submission."""

    id: str
    name: str
    """The id without its assignment."""
    title: str
    outcome: Outcome
    points: float | None
    """None when it was not judged: that must not become a zero anywhere."""
    max_points: float
    seconds: float
    feedback: str
    """What the student reads about it, as plain text."""

    @property
    def passed(self) -> bool:
        """Whether it earned its points."""
        return self.outcome == "passed"

    @property
    def summary(self) -> str:
        """One line on how it ended."""
        return OUTCOMES[self.outcome].text


@dataclasses.dataclass(frozen=True)
class Entry:
    """One student's work on one assignment."""

    student: str
    assignment: str
    source: str
    points: float | None
    """None as soon as one exercise was not judged, and when there is none at all."""
    judged_points: float
    """Points of what was judged: a lower bound while `points` is None."""
    max_points: float
    scores: tuple[Score, ...]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def not_judged(self) -> tuple[str, ...]:
        """Ids of the exercises to be graded again."""
        return tuple(score.id for score in self.scores if score.points is None)

    @property
    def feedback(self) -> str:
        """All that the student reads, as plain text."""
        blocks = [f"Note: {note}" for note in self.notes]
        return "\n\n".join([*blocks, *(score.feedback for score in self.scores)])


@dataclasses.dataclass(frozen=True)
class Sheet:
    """All scores of a report, with the report as its audience may see it."""

    course: str
    entries: tuple[Entry, ...]
    report: Report
    complete: bool = True

    @property
    def assignments(self) -> tuple[str, ...]:
        """The assignments that somebody handed in, in the report's order."""
        return tuple(dict.fromkeys(entry.assignment for entry in self.entries))


def sheet_of(
    report: Report, audience: Audience = "student", *, student: str | None = None, assignment: str | None = None
) -> Sheet:
    """Return the scores of a report, of one student or assignment only where one is named.

    What an audience must not see is gone from all of it. Raises `UsageError` when the report's own sums do not agree
    with its exercises, when somebody stands in it twice with one assignment, or when nothing is left.
    """
    chosen = select(for_audience(report, audience), student, assignment)
    if not chosen.submissions:
        about = " ".join(word for word in (student, assignment) if word)
        raise UsageError(
            f"the report holds no result{' of ' + about if about else ''}",
            hint="Who and what is in it: " + (_contents(report) or "nobody."),
        )
    times = Counter((one.student, one.assignment) for one in chosen.submissions)
    twice = [f"{who} ({what})" for (who, what), many in times.items() if many > 1]
    if twice:
        raise UsageError(
            f"the report holds more than one result of {', '.join(twice[:10])}",
            hint="Grade the class once more, with each student's folder given once.",
        )
    return Sheet(chosen.course, tuple(map(_entry, chosen.submissions)), chosen, chosen.complete)


def only_entry(sheet: Sheet, kind: str) -> Entry:
    """Return the one submission of a sheet, for formats that hold no more. Raises `UsageError` when there are more."""
    if len(sheet.entries) != 1:
        raise UsageError(
            f"{kind} holds the result of one submission, and the report has {len(sheet.entries)}",
            hint="Choose one with --student and --assignment.",
        )
    return sheet.entries[0]


def only_assignment(sheet: Sheet, kind: str) -> str:
    """Return the one assignment of a sheet. Raises `UsageError` when there are more."""
    if len(sheet.assignments) != 1:
        raise UsageError(
            f"{kind} takes one assignment at a time, and the report has {', '.join(sheet.assignments)}",
            hint=f"Choose one: --assignment {sheet.assignments[0]}",
        )
    return sheet.assignments[0]


def _entry(submission: SubmissionReport) -> Entry:
    scores = tuple(map(_score, submission.exercises))
    earned = add(score.points for score in scores if score.points is not None)
    possible = add(score.max_points for score in scores)
    judged = bool(scores) and all(score.points is not None for score in scores)
    stated = (submission.points, submission.judged_points, submission.max_points)
    if scores and stated != (earned if judged else None, earned, possible):
        raise UsageError(
            f"the report does not add up: {submission.student}'s {submission.assignment} is said to have "
            f"{stated[0]} of {stated[2]} points, and its exercises have {earned} of {possible}",
            hint="Somebody changed the file. Grade again to write it anew.",
        )
    return Entry(
        submission.student,
        submission.assignment,
        submission.source,
        earned if judged else None,
        earned,
        possible,
        scores,
        submission.notes,
        submission.seconds,
    )


def _score(exercise: ExerciseReport) -> Score:
    return Score(
        exercise.id,
        short_name(exercise),
        exercise.title or short_name(exercise),
        exercise.outcome,
        exercise.points,
        exercise.max_points,
        exercise.seconds,
        exercise_text(exercise),
    )


def _contents(report: Report) -> str:
    students = {one.student for one in report.submissions}
    assignments = dict.fromkeys(one.assignment for one in report.submissions)
    return f"{count(len(students), 'student')}; {', '.join(assignments)}." if students else ""
