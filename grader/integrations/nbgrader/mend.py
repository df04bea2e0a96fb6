"""Notebooks that students and editors changed, put back into the shape that nbgrader's database knows.

Cells are matched by grade_id first. A cell that lost its metadata is recognised by the name that it defines; a copy
loses the metadata, the last of several keeps it, as nbgrader has it. Locked cells get their text back, and test cells
that are missing are put after the answer that they test.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from grader.course.notebooks import defined_names
from grader.integrations.nbgrader.ids import marks_of, tested_exercise
from grader.integrations.nbgrader.master import MasterCell


def mend(notebook: Any, master: Mapping[str, MasterCell]) -> list[str]:
    """Mend a notebook of nbformat 4 in place and return what was done, a sentence each."""
    notes: list[str] = []
    cells: list[Any] = [cell for cell in notebook["cells"] if isinstance(cell, dict)]
    matched = _match(cells, master, notes)
    for grade_id, cell in matched.items():
        _restore(cell, master[grade_id], notes)
    for cell in cells:
        if marks_of(cell).get("grade_id") not in matched and isinstance(cell.get("metadata"), dict):
            cell["metadata"].pop("nbgrader", None)
    notebook["cells"] = _with_missing(cells, matched, master, notes)
    return notes


def _match(cells: list[Any], master: Mapping[str, MasterCell], notes: list[str]) -> dict[str, Any]:
    """Return which cell stands for each grade_id; every other cell loses its marks."""
    matched: dict[str, Any] = {}
    for cell in reversed(cells):
        grade_id = marks_of(cell).get("grade_id")
        if isinstance(grade_id, str) and grade_id in master and grade_id not in matched:
            matched[grade_id] = cell
        elif marks_of(cell):
            what = "a copy of the cell" if grade_id in matched else "a cell that was never given out,"
            notes.append(f"{what} {str(grade_id)[:60]!r} is not graded")
            cell["metadata"].pop("nbgrader")
    for grade_id, wanted in master.items():
        if grade_id in matched:
            continue
        found = _recognised(cells, matched, wanted)
        if found is not None:
            notes.append(f"the cell {grade_id!r} had lost its metadata")
            matched[grade_id] = found
    return {grade_id: matched[grade_id] for grade_id in master if grade_id in matched}


def _recognised(cells: list[Any], matched: Mapping[str, Any], wanted: MasterCell) -> Any:
    """Return the last unmarked cell that must be the wanted one, None when none is."""
    taken = {id(cell) for cell in matched.values()}
    free = [cell for cell in cells if id(cell) not in taken and not marks_of(cell)]
    for cell in reversed(free):
        text = text_of(cell)
        if wanted.locked and text.strip() == wanted.source.strip():
            return cell
        if wanted.solution and not wanted.grade and cell.get("cell_type") == "code":
            names = defined_names(text)
            if wanted.grade_id in names or names & defined_names(wanted.source):
                return cell
    return None


def _restore(cell: Any, wanted: MasterCell, notes: list[str]) -> None:
    """Give a cell its kind, its marks and, where it is locked, its text."""
    if cell.get("cell_type") != wanted.kind:
        notes.append(f"the cell {wanted.grade_id!r} had become a {cell.get('cell_type')} cell")
        cell["cell_type"] = wanted.kind
        for key in ("outputs", "execution_count", "attachments"):
            cell.pop(key, None)
        if wanted.kind == "code":
            cell["outputs"], cell["execution_count"] = _fresh([]), None
    if wanted.locked and text_of(cell) != wanted.source:
        notes.append(f"the text of the cell {wanted.grade_id!r} was changed and is put back")
        cell["source"] = wanted.source
    if not isinstance(cell.get("metadata"), dict):
        cell["metadata"] = {}
    cell["metadata"]["nbgrader"] = type(cell)(wanted.metadata)


def _with_missing(
    cells: list[Any], matched: dict[str, Any], master: Mapping[str, MasterCell], notes: list[str]
) -> list[Any]:
    """Return the cells with each missing test or task after what it belongs to, at the end otherwise."""
    found = list(cells)
    for grade_id, wanted in master.items():
        if grade_id in matched or not (wanted.grade or wanted.task):
            continue
        notes.append(f"the cell {grade_id!r} was missing and is put back")
        fresh = _new_cell(wanted, type(cells[0]) if cells else dict)
        name = tested_exercise(grade_id)
        answer = matched.get(name) if name else None
        place = next((at + 1 for at, cell in enumerate(found) if cell is answer), len(found))
        found.insert(place, fresh)
        matched[grade_id] = fresh
    return found


def _new_cell(wanted: MasterCell, make: Any) -> Any:
    metadata = make({"nbgrader": make(wanted.metadata), "deletable": False, "editable": not wanted.locked})
    cell = {"cell_type": wanted.kind, "metadata": metadata, "source": wanted.source}
    if wanted.kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    return make(cell)


def text_of(cell: Mapping[str, Any]) -> str:
    """Return a cell's text, "" when it has none."""
    source = cell.get("source", "")
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _fresh(value: Any) -> Any:
    return copy.deepcopy(value)
