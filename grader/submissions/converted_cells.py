"""Code cells of a notebook that became Markdown or raw text, as a slip of the keyboard makes them."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import Any

from grader.records.text.saying import say

_DEFINITION = re.compile(r"^(?:async )?(def|class) ([A-Za-z_]\w*)\s*[(:]", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?(?:^\1|\Z)", re.MULTILINE | re.DOTALL)


def is_answer_cell(cell: dict[str, Any]) -> bool:
    """Say whether a cell that is no code cell was given out as one in which to answer: its metadata still tell.

    >>> is_answer_cell({"cell_type": "raw", "metadata": {"grader": {"exercise": "f"}}})
    True
    """
    metadata = cell.get("metadata")
    if not isinstance(metadata, dict) or cell.get("cell_type") == "code":
        return False
    marks, ours = metadata.get("nbgrader"), metadata.get("grader")
    if isinstance(ours, dict) and ours.get("exercise"):
        return True
    if not isinstance(marks, dict) or not marks.get("grade_id") or not marks.get("solution"):
        return False
    # A question to be answered in prose is marked alike: it is told by the type that nbgrader noted, or by its text.
    return marks.get("cell_type") == "code" or ("cell_type" not in marks and _is_code(_source(cell)))


def converted_cell_notes(cells: Sequence[dict[str, Any]], sources: Sequence[str]) -> list[str]:
    """Return a note for each cell of text that defines what no code cell does; `sources` are the code cells'."""
    written = {name for source in sources for _, name in _DEFINITION.findall(source)}
    notes: list[str] = []
    for number, cell in enumerate(cells, 1):
        if cell.get("cell_type") not in ("markdown", "raw") or is_answer_cell(cell):
            continue
        found = [
            (kind, name) for kind, name in _DEFINITION.findall(_FENCED.sub("", _source(cell))) if name not in written
        ]
        if found:
            kind = say("a Markdown cell") if cell["cell_type"] == "markdown" else say("a raw cell")
            names = ", ".join(f"`{word} {name}`" for word, name in found[:3])
            note = say(
                "cell {cell} is {kind} and holds {names}, which is not run: change it back to a code cell",
                cell=number,
                kind=kind,
                names=names,
            )
            notes.append(note)
    return notes


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return "".join(part for part in source if isinstance(part, str)) if isinstance(source, list) else str(source)


def _is_code(source: str) -> bool:
    if not _DEFINITION.search(source) or len(source) > 100_000:
        return False
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
