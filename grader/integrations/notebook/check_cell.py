"""What a notebook's own cells call: `check_cell` is the last line of each test cell that a release writes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.integrations.notebook.side_effects import without_side_effects
from grader.records.errors import GraderError, UsageError
from grader.records.text.saying import say

if TYPE_CHECKING:
    from grader.integrations.notebook.cellcheck import CellResult

EXECUTION = "NBGRADER_EXECUTION"
"""Set to `autograde` by nbgrader while it grades."""

RESULTS = "GRADER_CELL_RESULTS"
"""Names a file with what is told of the submission that nbgrader is grading, when its side has judged it already."""


class NotJudged(GraderError):
    """A check failed on our side: it says nothing about the answer, so no number may stand for it."""


def check_cell(exercise_id: str, course: str | Path | None = None) -> float:
    """Check an exercise on the frozen public examples, print what was found, and return its points.

    In a live notebook the answer is what its cells executed so far say; while nbgrader grades it is the file, read as
    the rest of the grader reads it. Either way it runs in a locked-down process, not in the kernel. Nothing is written
    to stderr, which nbgrader would take for a failure. Raises `GraderError` when the check itself cannot be made.
    """
    with without_side_effects():
        result = _cell_result(exercise_id, Path.cwd() if course is None else Path(course))
    print(result.text)
    if result.points is None:
        message = say(
            "{name} could not be judged, through no fault of the answer: run this cell again.", name=exercise_id
        )
        raise NotJudged(message)
    return float(result.points)


def _cell_result(exercise_id: str, start: Path) -> CellResult:
    from grader.course.settings import find_course
    from grader.integrations.notebook.cellcheck import check_file, check_history
    from grader.records.text.nearest import did_you_mean

    root = find_course(start)
    assignment = exercise_id.partition(".")[0]
    history = None if os.environ.get(EXECUTION) == "autograde" else executed_cells()
    if history is not None:
        return check_history(root, exercise_id, history)
    found = _judged_before(root, assignment) or check_file(root, assignment).exercises
    if exercise_id not in found:
        raise UsageError(say("there is no exercise {name!r}", name=exercise_id), hint=did_you_mean(exercise_id, found))
    return found[exercise_id]


def _judged_before(root: Path, assignment: str) -> dict[str, CellResult] | None:
    """Return what was told of this very file by the process that runs this kernel, None when nothing was."""
    path = os.environ.get(RESULTS)
    if os.environ.get(EXECUTION) != "autograde" or path is None or not Path(path).is_file():
        return None
    import msgspec

    from grader.integrations.notebook.cellcheck import FileResults, file_digest

    result = msgspec.json.decode(Path(path).read_bytes(), type=FileResults)
    return result.exercises if result.digest == file_digest(root, assignment) else None


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
