"""How far a student is: the last result of every exercise and the hints that were read, kept between runs."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

from grader.records.errors import UsageError
from grader.records.text.saying import say
from grader.records.verdict import Outcome
from grader.records.writing import write_atomically
from grader.results.report import ExerciseReport, Report

FILENAME = "progress.json"
FORMAT = 1


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What the last check of an exercise said."""

    outcome: Outcome
    points: float | None
    """None when it could not be judged."""
    max_points: float
    source: str
    """The file's name."""
    when: datetime.datetime
    checks: int = 1
    """How often it was checked."""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """A student's results by exercise id."""

    format: int = FORMAT
    attempts: dict[str, Attempt] = {}
    hints: dict[str, int] = {}
    """How many hints of an exercise were read."""

    def outcome(self, exercise: str) -> Outcome | None:
        """Return how an exercise ended when it was last checked, None before it was."""
        return self.attempts[exercise].outcome if exercise in self.attempts else None


def read_progress(folder: Path) -> Progress:
    """Read the state in a folder; none is there before the first check.

    What is damaged, or of another version, is put aside as `progress.json.old` and begun anew. Raises `UsageError`
    when the file cannot be read.
    """
    path = folder / FILENAME
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Progress)
    except FileNotFoundError:
        return Progress()
    except msgspec.DecodeError:
        return _begun_anew(path)
    except OSError as error:
        raise UsageError(
            say("your progress in {path} cannot be read: {why}", path=path, why=error.strerror),
            hint=say("Make the file readable, or delete it."),
        ) from error
    return found if found.format == FORMAT else _begun_anew(path)


def _begun_anew(path: Path) -> Progress:
    path.replace(path.with_name(f"{path.name}.old"))
    return Progress()


def write_progress(folder: Path, progress: Progress) -> None:
    """Write the state into a folder. Raises `UsageError` when it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / FILENAME, msgspec.json.format(msgspec.json.encode(progress), indent=1) + b"\n")


def with_report(progress: Progress, report: Report, now: datetime.datetime) -> Progress:
    """Return the progress with what a check found; what it did not look at stays as it was."""
    for submission in report.submissions:
        for exercise in submission.exercises:
            progress = with_exercise(progress, exercise, submission.source, now)
    return progress


def with_exercise(progress: Progress, exercise: ExerciseReport, source: str, now: datetime.datetime) -> Progress:
    """Return the progress with what a check of one exercise in a file found."""
    before = progress.attempts.get(exercise.id)
    attempt = Attempt(
        outcome=exercise.outcome,
        points=exercise.points,
        max_points=exercise.max_points,
        source=source,
        when=now,
        checks=1 if before is None else before.checks + 1,
    )
    return msgspec.structs.replace(progress, attempts={**progress.attempts, exercise.id: attempt})


def with_hint(progress: Progress, exercise: str, count: int) -> Progress:
    """Return the progress with as many hints of an exercise read.

    >>> with_hint(Progress(), "einsum.trace", 2).hints
    {'einsum.trace': 2}
    """
    return msgspec.structs.replace(progress, hints={**progress.hints, exercise: count})
