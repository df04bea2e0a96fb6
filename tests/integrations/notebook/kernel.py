"""Released notebooks, filled in and run in a real kernel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

from grader.course.annotated import read_annotated
from grader.course.settings import Course


def answered(course: Course, assignment: str, folder: Path, wrong: Mapping[str, str] | None = None) -> Any:
    """Return a released notebook below `folder` with the references as answers, but for the ones given as source."""
    notebook: Any = nbformat.read(folder / "assignments" / assignment / f"{assignment}.ipynb", as_version=4)
    source = read_annotated(course.solution_folder(assignment) / f"{assignment}.py")
    given = [cell for cell in notebook.cells if not {"setup", "check"} & cell.metadata.get("grader", {}).keys()]
    for cell, written in zip(given, source.cells, strict=True):
        cell.source = (wrong or {}).get(written.exercise, written.source) if written.kind == "code" else cell.source
    return notebook


def executed(notebook: Any, folder: Path, before: Sequence[str] = (), after: Sequence[str] = ()) -> list[Any]:
    """Run a notebook as one that lies in `folder`, between further cells, and return its code cells with outputs."""
    notebook.cells = [*map(new_code_cell, before), *notebook.cells, *map(new_code_cell, after)]
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", allow_errors=True, resources=resources).execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def checks(cells: Sequence[Any]) -> dict[str, str]:
    """Return what each check cell of a released notebook said, as text, by exercise."""
    marked = {cell.metadata["grader"]["check"]: cell for cell in cells if "check" in cell.metadata.get("grader", {})}
    return {exercise: said(cell) for exercise, cell in marked.items()}


def said(cell: Any, kind: str = "text/plain") -> str:
    """Return what a cell put out: its results in one way of writing, its streams, its errors."""
    parts = []
    for output in cell.outputs:
        if output.output_type == "stream":
            parts.append(f"{output.name}: {output.text}")
        elif output.output_type == "error":
            parts.append(f"error: {output.ename}: {output.evalue}")
        else:
            parts.append(output.data.get(kind, ""))
    return "\n".join(parts)
