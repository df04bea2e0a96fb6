"""The notebook that students begin with: the cells of an annotated source, a first one that makes ready, and checks.

The first cell loads the extension, and installs it where it is missing, as in Colab; after the last cell of an exercise
stands a cell that checks it. `magics` takes what these cells say out of an answer again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from grader.course.annotated import Annotated, Cell
from grader.records.text.language import ENGLISH, speaking
from grader.records.text.saying import say

DISTRIBUTION = "torch-grader"
"""What pip installs."""

LOAD = f"""\
try:
    import grader
except ImportError:
    %pip install -q {DISTRIBUTION}
%reload_ext grader"""
"""Loads the extension; unlike `%load_ext` it says nothing when it is run again."""

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebook_text(annotated: Annotated, language: str = ENGLISH, url: str = "") -> str:
    """Return the notebook that students begin with, as JSON; the same source gives the same bytes.

    A notebook that lies alone fetches what it is checked with from `url`, where that is given.
    """
    with speaking(language):
        first = setup_source(url)
    cells = [_cell("code", f"{annotated.assignment}-ready", first, {"setup": True}), *_cells(annotated)]
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def setup_source(url: str = "") -> str:
    """Return the first cell, with its comment in the language in force."""
    return "\n".join([setup_comment(), LOAD, *([f"%course {url}"] if url else [])])


def setup_comment() -> str:
    """Return the comment of the first cell in the language in force."""
    return "# " + say("Run this cell first: it makes the checks of this notebook ready.")


def _cells(annotated: Annotated) -> Iterator[dict[str, Any]]:
    last = {cell.exercise: number for number, cell in enumerate(annotated.cells) if cell.exercise}
    for number, cell in enumerate(annotated.cells):
        yield _given(annotated.assignment, number + 1, cell)
        if cell.exercise and last[cell.exercise] == number:
            exercise = f"{annotated.assignment}.{cell.exercise}"
            yield _cell("code", f"{cell.exercise}-check", f'check("{exercise}")', {"check": exercise})


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
