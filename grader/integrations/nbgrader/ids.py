"""The grade_ids of the cells of a released notebook, and the source of its test cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SCHEMA = 3
TEST = "test-"
KEPT = "kept"
"""In our own metadata: the cell is a stub already, nothing is to be cleared in it."""


def test_id(exercise: str) -> str:
    """Return the grade_id of an exercise's test cell, by the exercise's bare name.

    >>> test_id("trace")
    'test-trace'
    """
    return f"{TEST}{exercise}"


def tested_exercise(grade_id: str) -> str | None:
    """Return the bare name of the exercise that a test cell tests, None for any other cell.

    >>> tested_exercise("test-trace"), tested_exercise("trace")
    ('trace', None)
    """
    return grade_id.removeprefix(TEST) if grade_id.startswith(TEST) else None


def test_source(exercise_id: str, points: float) -> str:
    """Return the source of a test cell: its last line gives the bare number that nbgrader takes as the score.

    >>> print(test_source("einsum.trace", 1.0))
    # Run this cell to check trace, worth 1 point.
    from grader.magic import check_cell
    <BLANKLINE>
    check_cell("einsum.trace")
    """
    name = exercise_id.rpartition(".")[2]
    worth = "1 point" if points == 1 else f"{points:g} points"
    return "\n".join(
        (
            f"# Run this cell to check {name}, worth {worth}.",
            "from grader.magic import check_cell",
            "",
            f'check_cell("{exercise_id}")',
        )
    )


def marks(
    grade_id: str,
    *,
    grade: bool = False,
    solution: bool = False,
    locked: bool = False,
    task: bool = False,
    points: float | None = None,
) -> dict[str, Any]:
    """Return a cell's `nbgrader` metadata, which may hold nothing of ours."""
    found: dict[str, Any] = {
        "schema_version": SCHEMA,
        "grade_id": grade_id,
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "task": task,
    }
    return found if points is None else found | {"points": points}


def marks_of(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Return a cell's `nbgrader` metadata whatever state it is in; empty when there is none worth the name."""
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return found if isinstance(found, dict) else {}
