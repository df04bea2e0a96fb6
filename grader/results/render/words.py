"""The words, signs and numbers that all kinds of reports share."""

from __future__ import annotations

import dataclasses

from grader.records.text.clean import clean
from grader.records.verdict import Outcome
from grader.results.report import ExerciseReport, Report, SubmissionReport


@dataclasses.dataclass(frozen=True)
class Word:
    """How an outcome is shown."""

    symbol: str
    plain_symbol: str
    """Where only ASCII can be written."""
    text: str
    colour: str


OUTCOMES: dict[Outcome, Word] = {
    "passed": Word("✓", "+", "passed", "green"),
    "failed": Word("✗", "x", "wrong answer", "red"),
    "raised": Word("✗", "x", "raised an exception", "red"),
    "timeout": Word("✗", "x", "took too long", "red"),
    "memory": Word("✗", "x", "out of memory", "red"),
    "crashed": Word("✗", "x", "ended the process", "red"),
    "protocol": Word("✗", "x", "tampered with the run", "red"),
    "missing": Word("○", "o", "not written yet", "yellow"),
    "unloaded": Word("✗", "x", "could not be loaded", "red"),
    "forbidden": Word("✗", "x", "breaks a ban or need", "red"),
    "unreadable": Word("✗", "x", "file cannot be read", "red"),
    "not_judged": Word("?", "?", "to be graded again", "magenta"),
}


def number(points: float) -> str:
    """Return points without needless digits.

    >>> number(3.0), number(1.25)
    ('3', '1.25')
    """
    return f"{points:.10g}"


def points_of(exercise: ExerciseReport) -> str:
    """Return an exercise's points of how many; `?` when it was not judged."""
    return f"{'?' if exercise.points is None else number(exercise.points)}/{number(exercise.max_points)}"


def total_of(submission: SubmissionReport) -> str:
    """Return a submission's points of how many; `3+?/7` while an exercise is still to be judged."""
    if submission.points is None:
        return f"{number(submission.judged_points)}+?/{number(submission.max_points)}"
    return f"{number(submission.points)}/{number(submission.max_points)}"


def duration(seconds: float) -> str:
    """Return a time in a unit that fits it.

    >>> duration(0.0004), duration(0.0123), duration(2.5), duration(90)
    ('<1 ms', '12 ms', '2.5 s', '90 s')
    """
    if seconds < 0.001:
        return "<1 ms"
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"


def count(many: int, thing: str) -> str:
    """Return a number of things.

    >>> count(1, "student"), count(2, "student")
    ('1 student', '2 students')
    """
    return f"{many} {thing}{'' if many == 1 else 's'}"


def short_name(exercise: ExerciseReport) -> str:
    """Return an exercise's name without its assignment."""
    return exercise.id.partition(".")[2] or exercise.id


def lockdown(report: Report) -> str:
    """Return the sandbox's level, and the layers that are missing from it."""
    missing = [name for name, state in report.sandbox.layers.items() if state != "ok"]
    without = f" (without {', '.join(missing)})" if missing else ""
    return clean(f"sandbox {report.sandbox.level}{without}", 500, newlines=False)
