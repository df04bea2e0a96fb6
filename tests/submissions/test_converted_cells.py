"""A code cell that became text is still the answer, or is named."""

import json

import pytest

from grader.submissions.reading import read_cells

CODE = "def f(x):\n    return x"


def read(tmp_path, *cells):
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": list(cells), "nbformat": 4, "nbformat_minor": 4, "metadata": {}}))
    return read_cells(path)


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize(
    "metadata",
    [
        {"nbgrader": {"grade_id": "f", "solution": True, "cell_type": "code"}},
        {"nbgrader": {"grade_id": "f", "solution": True}},
        {"grader": {"exercise": "f"}},
    ],
)
def test_by_its_mark_it_is_the_answer_cell_still(tmp_path, kind, metadata):
    found = read(tmp_path, {"cell_type": kind, "source": CODE, "metadata": metadata})
    assert found.cells == (CODE,)
    assert found.notes == ("code cell 1 became text, and is read as the code cell that was given out",)


def test_without_a_mark_a_note_names_the_cell(tmp_path):
    found = read(
        tmp_path,
        {"cell_type": "code", "source": "def g(x): return x"},
        {"cell_type": "markdown", "source": CODE.splitlines(keepends=True)},
        {"cell_type": "raw", "source": "class Net:\n    pass"},
    )
    assert len(found.cells) == 1
    assert found.notes == (
        "cell 2 is a Markdown cell and holds `def f`, which is not run: change it back to a code cell",
        "cell 3 is a raw cell and holds `class Net`, which is not run: change it back to a code cell",
    )


@pytest.mark.parametrize(
    "text", ["Write `def f(x)` below.", "```python\ndef f(x):\n    ...\n```", "def g(x): is defined below", "", 3]
)
def test_prose_is_prose(tmp_path, text):
    marks = {"nbgrader": {"grade_id": "why", "solution": True, "cell_type": "markdown"}}
    cells = [{"cell_type": "markdown", "source": text, "metadata": meta} for meta in ({}, marks, {"nbgrader": 3})]
    found = read(tmp_path, {"cell_type": "code", "source": "def g(x): return x"}, *cells)
    assert found.cells == ("def g(x): return x",)
    assert found.notes == ()
