"""What a notebook's own cells call: `check_cell` is the last line of each test cell that a release writes."""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import io
import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.exercise import Exercise
    from grader.grading import Graders
    from grader.submission import Submission
    from grader.verdict import Verdict

_EXECUTION = "NBGRADER_EXECUTION"
"""Set to `autograde` by nbgrader while it grades."""


class NotJudged(GraderError):
    """A check failed on our side: it says nothing about the answer, so no number may stand for it."""


def check_cell(exercise_id: str, course: str | Path | None = None) -> float:
    """Check an exercise on the frozen public examples, print what was found, and return the points: all or 0.0.

    In a live notebook the answer is what its cells executed so far say; while nbgrader grades it is the file, read as
    the rest of the grader reads it. Either way it runs in a locked-down process, not in the kernel. Nothing is written
    to stderr, which nbgrader would take for a failure. Raises `GraderError` when the check itself cannot be made.
    """
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        verdict = _judge(exercise_id, Path.cwd() if course is None else Path(course))
        text = _text(verdict)
    print(text)
    if verdict.points is None:
        raise NotJudged(f"{exercise_id} could not be judged, through no fault of the answer: run this cell again.")
    return float(verdict.points)


def _judge(exercise_id: str, start: Path) -> Verdict:
    from grader.course import find_course

    root = find_course(start)
    assignment = exercise_id.partition(".")[0]
    checkers = _checkers(root, assignment)
    exercises = checkers.benches[assignment].exercises
    exercise = _named(exercise_id, exercises)
    history = None if os.environ.get(_EXECUTION) == "autograde" else executed_cells()
    if history is not None:
        return _of_history(checkers, assignment, exercise, history)
    return _of_file(checkers, root, assignment)[exercise_id]


def _of_history(checkers: Graders, assignment: str, exercise: Exercise, history: Sequence[str]) -> Verdict:
    """Judge one exercise as the cells executed so far answer it."""
    from grader.grading import grade_one
    from grader.slicing import needed_source
    from grader.submission import Submission

    bench = dataclasses.replace(checkers.benches[assignment], exercises=(exercise,))
    source = needed_source(history, exercise.names)
    submission = Submission("you", assignment, f"{assignment}.ipynb", (source,))
    return grade_one(dataclasses.replace(checkers, benches={assignment: bench}), submission).verdicts[0]


def _of_file(checkers: Graders, root: Path, assignment: str) -> dict[str, Verdict]:
    """Judge all exercises as the notebook or module in the folder answers them, once for all of its test cells."""
    from grader.answers import choose_answer
    from grader.grading import grade_one

    submission = choose_answer(root, assignment, "you", checkers.benches[assignment].exercises)
    if submission not in _judged:
        _judged.clear()
        _judged[submission] = {verdict.exercise: verdict for verdict in grade_one(checkers, submission).verdicts}
    return _judged[submission]


_judged: dict[Submission, dict[str, Verdict]] = {}
"""The verdicts on the file that was judged last: nbgrader runs one test cell after another on the same file."""
_open: dict[tuple[Path, str], tuple[contextlib.ExitStack, Graders]] = {}
"""Checkers stay open for the kernel's life: the first check warms torch up, the others answer at once."""


def _checkers(root: Path, assignment: str) -> Graders:
    key = (root, assignment)
    if key not in _open:
        from grader.checking import open_checkers
        from grader.course import load_course

        course = load_course(root)
        course.assignment(assignment)
        stack = contextlib.ExitStack()
        _open[key] = (stack, stack.enter_context(open_checkers(course, assignment)))
    return _open[key][1]


@atexit.register
def close_checkers() -> None:
    """Close every checker that is open; the next check opens its own."""
    while _open:
        _, (stack, _graders) = _open.popitem()
        stack.close()


def _named(exercise_id: str, exercises: Sequence[Exercise]) -> Exercise:
    from grader.errors import UsageError
    from grader.nearest import did_you_mean

    for exercise in exercises:
        if exercise.id == exercise_id:
            return exercise
    known = [exercise.id for exercise in exercises]
    raise UsageError(f"There is no exercise {exercise_id!r}.", hint=did_you_mean(exercise_id, known))


def executed_cells() -> list[str] | None:
    """Return the sources that the live notebook has executed, None outside of one."""
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return None
    shell: Any = get_ipython()
    if shell is None:
        return None
    cells = shell.user_ns.get("In", shell.user_ns.get("_ih", []))
    return [cell for cell in cells if isinstance(cell, str)]


def _text(verdict: Verdict) -> str:
    from grader.render.exercise import exercise_text
    from grader.report import submission_for_student, submission_report

    report = submission_for_student(submission_report("you", verdict.exercise.partition(".")[0], "", [verdict]))
    return exercise_text(report.exercises[0])
