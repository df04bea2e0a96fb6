"""The notebook in `source/`: the annotated source's cells with nbgrader's metadata, and a test cell for each exercise.

It holds no reference: where a solution stood, the stub stands between BEGIN SOLUTION and END SOLUTION already, so
nothing in an nbgrader course needs to be kept from students but the database.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from grader.authoring.exercises import Exercise
from grader.course.annotated import BEGIN, END, STUB, Annotated, Cell
from grader.course.notebooks import check_places
from grader.integrations.nbgrader.ids import KEPT, marks, test_id, test_source
from grader.records.errors import AuthorError

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_MARKER = re.compile(r"^(?P<indent>\s*)#+\s*(?P<end>BEGIN|END)\s+SOLUTION\s*$", re.IGNORECASE)


def source_notebook(annotated: Annotated, exercises: Sequence[Exercise]) -> dict[str, Any]:
    """Return the notebook, as nbformat 4.5 writes it in JSON.

    Answers become solution cells, prose becomes read-only; a cell that the source marks as `manual` is graded by a
    person, one marked as `task` describes work that a person grades. Raises `AuthorError` when no cell answers an
    exercise, or two cells would have the same grade_id.
    """
    places = _places(annotated, exercises)
    cells: list[dict[str, Any]] = []
    seen: set[str] = set()
    for number, cell in enumerate(annotated.cells):
        cells.append(_cell(cell, number, seen))
        cells += [_test_cell(exercise) for exercise in exercises if places[exercise.name] == number]
    ids = [cell["metadata"]["nbgrader"]["grade_id"] for cell in cells if "nbgrader" in cell["metadata"]]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise AuthorError(f"{annotated.assignment}: two cells of the notebook would have the grade_id {twice[0]!r}.")
    return {
        "cells": cells,
        "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _places(annotated: Annotated, exercises: Sequence[Exercise]) -> dict[str, int]:
    """Return after which cell each exercise is tested: the last one that is marked as its answer or defines it."""
    found = check_places(annotated, {exercise.name: exercise.names for exercise in exercises})
    for exercise in exercises:
        if exercise.name not in found:
            raise AuthorError(
                f"solutions/{annotated.assignment}: no cell answers {exercise.id}.",
                hint=f'Mark the one that does with exercise="{exercise.name}".',
            )
    return found


def _cell(cell: Cell, number: int, seen: set[str]) -> dict[str, Any]:
    """Return one cell of the annotated source with the metadata of its kind."""
    ours = {"exercise": cell.exercise, "language": cell.language}
    metadata: dict[str, Any] = {"grader": {key: value for key, value in ours.items() if value}}
    if not metadata["grader"]:
        del metadata["grader"]
    if cell.manual:
        metadata["nbgrader"] = marks(cell.manual, grade=True, solution=True, points=cell.points)
    elif cell.task:
        metadata["nbgrader"] = marks(cell.task, task=True, locked=True, points=cell.points)
    elif cell.kind == "markdown":
        metadata["nbgrader"] = marks(f"prose-{number + 1}", locked=True)
    elif cell.exercise or cell.stub != cell.source:
        metadata["nbgrader"] = marks(_answer_id(cell, number, seen), solution=True)
    return _raw(cell.kind, f"cell-{number + 1}", _text(cell, metadata), metadata)


def _text(cell: Cell, metadata: dict[str, Any]) -> str:
    """Return a cell's text as nbgrader's own clearing of solutions makes our stub of it.

    A region at module level would become a `raise` there, which stops the cell: such a cell is marked to be left alone.
    """
    if not metadata.get("nbgrader", {}).get("solution"):
        return cell.source
    if cell.kind == "markdown":
        return _emptied(cell.source, "") if _regions(cell) else f"{cell.source}\n\n{BEGIN}\n{END}"
    if _regions(cell) and "" not in _regions(cell):
        return _emptied(cell.source, STUB)
    metadata["grader"] = metadata.get("grader", {}) | {"stub": KEPT}
    return cell.stub


def _answer_id(cell: Cell, number: int, seen: set[str]) -> str:
    """Return an exercise's name for its first cell, then that with a number: cells of one answer stay apart."""
    name = cell.exercise or f"answer-{number + 1}"
    if name in seen:
        name = f"{name}-{number + 1}"
    seen.add(name)
    return name


def _test_cell(exercise: Exercise) -> dict[str, Any]:
    grade_id = test_id(exercise.name)
    metadata = {
        "grader": {"tests": exercise.id},
        "nbgrader": marks(grade_id, grade=True, locked=True, points=exercise.points),
    }
    return _raw("code", grade_id, test_source(exercise.id, exercise.points), metadata)


def _raw(kind: str, identity: str, text: str, metadata: dict[str, Any]) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": re.sub(r"[^A-Za-z0-9_-]", "-", identity)[:64],
        "metadata": metadata,
        "source": text.strip("\n"),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _regions(cell: Cell) -> list[str]:
    """Return the indentation of each solution region."""
    found = (_MARKER.match(line) for line in cell.source.split("\n"))
    return [match["indent"] for match in found if match and match["end"].upper() == "BEGIN"]


def _emptied(source: str, stub: str) -> str:
    """Replace what lies in each solution region by a stub and keep the markers, as nbgrader wants them."""
    kept: list[str] = []
    inside = False
    for line in source.split("\n"):
        marker = _MARKER.match(line)
        if marker:
            inside = marker["end"].upper() == "BEGIN"
            kept.append(f"{marker['indent']}### {'BEGIN' if inside else 'END'} SOLUTION")
            if inside and stub:
                kept.append(marker["indent"] + stub)
        elif not inside:
            kept.append(line)
    return "\n".join(kept)
