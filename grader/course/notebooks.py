"""The notebook that students begin with: the cells of an annotated source, a first one that makes ready, and checks.

After the last cell of an exercise stands a cell that checks it. `magics` takes what these
cells say out of an answer again.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from grader.course.annotated import Annotated, Cell
from grader.course.setup_cell import setup_source
from grader.records.text.language import ENGLISH, speaking

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


Names = Mapping[str, Iterable[str]]
"""By exercise, what an answer to it must define."""


def notebook_text(annotated: Annotated, names: Names, language: str = ENGLISH, url: str = "") -> str:
    """Return the notebook that students begin with, as JSON; the same source gives the same bytes.

    `names` are those of the exercises that get a check. A notebook that lies alone fetches what it is checked with
    from `url`, where that is given.
    """
    with speaking(language):
        first = setup_source(url)
    cells = [_cell("code", f"{annotated.assignment}-ready", first, {"setup": True}), *_cells(annotated, names)]
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def check_places(annotated: Annotated, names: Names) -> dict[str, int]:
    """Return after which cell each exercise can be checked: the last that is marked as its answer or defines a name.

    An exercise that no cell answers has no place.
    """
    code = [(number, cell) for number, cell in enumerate(annotated.cells) if cell.kind == "code" and not cell.shows]
    defined = {number: defined_names(cell.source) for number, cell in code}
    places: dict[str, int] = {}
    for exercise, wanted in names.items():
        found = [number for number, cell in code if cell.exercise == exercise or defined[number] & set(wanted)]
        if found:
            places[exercise] = max(found)
    return places


def defined_names(source: str) -> set[str]:
    """Return the names that a cell binds at its top level; none when it is no Python.

    >>> sorted(defined_names("import torch\\ndef f(): pass\\nclass A: pass\\nx = y = 1"))
    ['A', 'f', 'x', 'y']
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


def _cells(annotated: Annotated, names: Names) -> Iterator[dict[str, Any]]:
    places = check_places(annotated, names)
    for number, cell in enumerate(annotated.cells):
        yield _given(annotated.assignment, number + 1, cell)
        for name in (name for name, place in places.items() if place == number):
            exercise = f"{annotated.assignment}.{name}"
            yield _cell("code", f"{name}-check", f'check("{exercise}")', {"check": exercise})


def _given(assignment: str, number: int, cell: Cell) -> dict[str, Any]:
    ours = {"exercise": cell.exercise, "language": cell.language, "shows": cell.shows}
    identity = f"{cell.exercise}-{number}" if cell.exercise else f"{assignment}-{number}"
    return _cell(cell.kind, identity, cell.stub.strip("\n"), {key: value for key, value in ours.items() if value})


def _cell(kind: str, identity: str, source: str, ours: dict[str, Any]) -> dict[str, Any]:
    common = {
        "cell_type": kind,
        "id": re.sub(r"[^A-Za-z0-9_-]", "-", identity)[-64:],
        "metadata": {"grader": ours} if ours else {},
        "source": source.splitlines(keepends=True),
    }
    return common | ({"execution_count": None, "outputs": []} if kind == "code" else {})
