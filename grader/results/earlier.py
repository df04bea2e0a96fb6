"""The report that lies where a new one is to go: what it holds of others is kept."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from grader.records.errors import UsageError
from grader.records.writing import is_special
from grader.results.report import Report, read_report

_HINT = "Give another file, or --replace to give up what is in this one."


def earlier_report(
    path: Path | None, fresh: Report, graded: Collection[tuple[str, str]] | None, part: Collection[str] = ()
) -> Report | None:
    """Return the report at `path` whose other submissions belong into a fresh one too; None when there is none.

    `graded` are the students and assignments that will be graded, None when nobody knows yet; `part` are the ids of the
    exercises that will be, empty for all. Raises `UsageError` when what lies there is no report, or one that the fresh
    one cannot be put into: of another course, drawn from another seed, or with exercises that would be lost.
    """
    if path is None or is_special(path) or not path.is_file() or not path.stat().st_size:
        return None
    try:
        found = read_report(path)
    except UsageError as error:
        raise UsageError(f"{path} exists, and a report would replace it. {error.message}", hint=_HINT) from error
    if found.course != fresh.course:
        raise UsageError(f"{path} is a report on the course {found.course!r}, not on {fresh.course!r}.", hint=_HINT)
    held = {(one.student, one.assignment) for one in found.submissions}
    again = [one for one in found.submissions if graded is not None and (one.student, one.assignment) in graded]
    if part and any(exercise.id not in part for one in again for exercise in one.exercises):
        raise UsageError(
            f"{path} holds all exercises of these submissions, and only some of them are to be graded.", hint=_HINT
        )
    remains = held if graded is None else held - set(graded)
    if remains and found.seed is not None and found.seed != fresh.seed:
        raise UsageError(
            f"{path} holds {len(remains)} submissions that were graded with another seed: they cannot be put together.",
            hint=_HINT,
        )
    return found if remains else None
