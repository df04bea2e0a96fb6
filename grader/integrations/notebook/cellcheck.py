"""The checks behind a notebook's test cells: on the cells of a live kernel, or on the file that nbgrader grades."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.records.errors import UsageError
from grader.records.text.language import language
from grader.records.text.saying import say

if TYPE_CHECKING:
    from grader.authoring.exercises import Exercise
    from grader.judging.schedule import Graders
    from grader.records.verdict import Verdict
    from grader.results.report import ExerciseReport


class CellResult(msgspec.Struct, frozen=True):
    """What a test cell prints and gives."""

    text: str
    points: float | None
    """None when nothing was judged, through no fault of the answer."""


class FileResults(msgspec.Struct, frozen=True):
    """What is told of every exercise of one file, and of which file."""

    digest: str
    exercises: dict[str, CellResult]


def check_history(root: Path, exercise_id: str, cells: Sequence[str]) -> CellResult:
    """Say of one exercise what `history_report` finds. Raises as that does."""
    return _cell_result(history_report(root, exercise_id, cells))


def history_report(root: Path, exercise_id: str, cells: Sequence[str]) -> ExerciseReport:
    """Check one exercise as the cells that a live notebook has executed answer it; return what a student may see.

    Raises `UsageError` for an unknown exercise, `AuthorError` when the public examples are missing or stale.
    """
    from grader.integrations.notebook.slicing import needed_source
    from grader.judging.schedule import grade_one
    from grader.submissions.finding import Submission

    assignment = exercise_id.partition(".")[0]
    checkers = _checkers(root, assignment)
    exercise = _named(exercise_id, checkers.suites[assignment].exercises)
    source = needed_source(cells, exercise.names)
    submission = Submission("you", assignment, f"{assignment}.ipynb", (source,))
    return _report(grade_one(checkers, submission, {exercise_id}).verdicts[0])


def check_file(root: Path, assignment: str) -> FileResults:
    """Check all exercises as the notebook or the module in a folder answers them. Raises as `check_history` does."""
    from grader.judging.schedule import grade_one
    from grader.submissions.finding import read_answer

    digest = file_digest(root, assignment)
    if _latest is None or _latest[0] != (root, digest):
        checkers = _checkers(root, assignment)
        submission = read_answer(root, assignment, "you", checkers.suites[assignment].exercises)
        verdicts = grade_one(checkers, submission).verdicts
        results = {verdict.exercise: _cell_result(_report(verdict)) for verdict in verdicts}
        _remember((root, digest), FileResults(digest, results))
    assert _latest is not None
    return _latest[1]


def file_digest(root: Path, assignment: str) -> str:
    """Return the digest of the files in a folder that can hold the answers."""
    from grader.submissions.answers import answer_files

    found = hashlib.sha256()
    for path in answer_files(root, assignment):
        data = path.read_bytes() if path.is_file() else b""
        found.update(f"{path.name} {len(data)} ".encode() + data)
    return found.hexdigest()


def close_checkers() -> None:
    """Close every checker that is open; the next check opens its own."""
    while _open:
        _, (stack, _graders) = _open.popitem()
        stack.close()


_open: dict[str, tuple[contextlib.ExitStack, Graders]] = {}
"""Checkers stay open as long as the process: the first check warms torch up, the others answer at once."""

_latest: tuple[tuple[Path, str], FileResults] | None = None
"""What was told last: nbgrader runs one test cell after another on the same file."""


def _remember(key: tuple[Path, str], results: FileResults) -> None:
    global _latest
    _latest = (key, results)


def _checkers(root: Path, assignment: str) -> Graders:
    """Return open checkers for an assignment, the same ones for every copy of the same course."""
    from grader.course.settings import load_course, speak_for
    from grader.judging.checking import open_checkers

    course = load_course(root)
    speak_for(course)
    course.assignment(assignment)
    key = hashlib.sha256((root / "course.toml").read_bytes() + language().encode())
    for name in ("checks.py", "examples.bin"):
        path = course.assignment_folder(assignment) / name
        key.update(name.encode() + (path.read_bytes() if path.is_file() else b""))
    if key.hexdigest() not in _open:
        if not _open:
            atexit.register(close_checkers)
        stack = contextlib.ExitStack()
        _open[key.hexdigest()] = (stack, stack.enter_context(open_checkers(course, assignment)))
    return _open[key.hexdigest()][1]


def _named(exercise_id: str, exercises: Sequence[Exercise]) -> Exercise:
    from grader.records.text.nearest import did_you_mean

    for exercise in exercises:
        if exercise.id == exercise_id:
            return exercise
    known = [exercise.id for exercise in exercises]
    raise UsageError(say("there is no exercise {name!r}", name=exercise_id), hint=did_you_mean(exercise_id, known))


def _report(verdict: Verdict) -> ExerciseReport:
    from grader.results.report import submission_for_student, submission_report

    report = submission_report("you", verdict.exercise.partition(".")[0], "", [verdict])
    return submission_for_student(report).exercises[0]


def _cell_result(report: ExerciseReport) -> CellResult:
    from grader.results.render.exercise import exercise_text

    return CellResult(exercise_text(report), report.points)
