"""What students and editors do to notebooks, and that nbgrader finds its cells again."""

import copy
import json

import pytest

from grader.integrations.nbgrader.ids import marks_of
from grader.integrations.nbgrader.master import master_cells
from grader.integrations.nbgrader.mend import mend, text_of
from grader.submissions.reading import notebook_cells
from tests.integrations.nbgrader.sample import answered, cell, released_notebook
from tests.small_course import RIGHT


@pytest.fixture
def master(gradebook):
    return master_cells(gradebook, "small")


def graded_ids(notebook):
    return [marks_of(one)["grade_id"] for one in notebook["cells"] if marks_of(one).get("grade")]


def by_id(notebook):
    return {marks_of(one)["grade_id"]: one for one in notebook["cells"] if marks_of(one)}


def strip(notebook):
    for one in notebook["cells"]:
        one["metadata"] = {}


def delete_tests(notebook):
    notebook["cells"] = [one for one in notebook["cells"] if not marks_of(one).get("grade")]


def copy_all(notebook):
    notebook["cells"] += copy.deepcopy(notebook["cells"])


def reverse(notebook):
    notebook["cells"].reverse()


def retype(notebook):
    for one in notebook["cells"]:
        if marks_of(one).get("solution") or marks_of(one).get("grade"):
            one["cell_type"] = "markdown" if one["cell_type"] == "code" else "code"


def edit_tests(notebook):
    for one in notebook["cells"]:
        if marks_of(one).get("locked"):
            one["source"] = "2.0"


def claim_points(notebook):
    for one in notebook["cells"]:
        if marks_of(one).get("grade"):
            one["metadata"]["nbgrader"] |= {"points": 1000, "locked": False, "solution": True}


def corrupt_marks(notebook):
    for number, one in enumerate(notebook["cells"]):
        one["metadata"]["nbgrader"] = [None, 3, {}, {"grade_id": 7}, {"grade_id": "x" * 500}][number % 5]


def drop_metadata(notebook):
    for one in notebook["cells"]:
        del one["metadata"]


def empty(notebook):
    notebook["cells"] = []


def split(notebook):
    at = notebook["cells"].index(cell(notebook, "double"))
    rest = copy.deepcopy(notebook["cells"][at])
    rest["metadata"] = {}
    rest["source"] = "def double(x):\n    return 2 * x"
    notebook["cells"][at]["source"] = "# my answer is below"
    notebook["cells"].insert(at + 1, rest)


CHANGES = [
    strip,
    delete_tests,
    copy_all,
    reverse,
    retype,
    edit_tests,
    claim_points,
    corrupt_marks,
    drop_metadata,
    empty,
    split,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_change_leaves_each_graded_cell_once_and_as_it_was(nb, master, change):
    notebook = answered(nb)
    change(notebook)
    mend(notebook, master)
    assert sorted(graded_ids(notebook)) == sorted(name for name, one in master.items() if one.grade)
    found = by_id(notebook)
    for name, one in master.items():
        if one.grade or one.task:
            assert found[name]["metadata"]["nbgrader"] == one.metadata
            assert found[name]["cell_type"] == one.kind
        if one.grade and one.locked:
            assert text_of(found[name]) == one.source


@pytest.mark.parametrize("change", [strip, drop_metadata, corrupt_marks], ids=lambda change: change.__name__)
def test_answers_are_recognised_by_what_they_define(nb, master, change):
    notebook = answered(nb)
    change(notebook)
    notes = mend(notebook, master)
    found = by_id(notebook)
    for name, source in RIGHT.items():
        assert text_of(found[name]) == source
    assert "the cell 'double' had lost its metadata" in notes


def test_a_copied_answer_is_graded_where_it_stands_last(nb, master):
    notebook = answered(nb)
    again = copy.deepcopy(cell(notebook, "double"))
    again["source"] = "def double(x):\n    return x * 3"
    notebook["cells"].append(again)
    notes = mend(notebook, master)
    assert text_of(by_id(notebook)["double"]) == again["source"]
    assert "a copy of the cell 'double' is not graded" in notes


def test_a_missing_test_comes_back_after_its_answer(nb, master):
    notebook = answered(nb)
    delete_tests(notebook)
    mend(notebook, master)
    ids = [marks_of(one).get("grade_id") for one in notebook["cells"]]
    assert ids[ids.index("total") + 1] == "test-total"


def test_an_untouched_notebook_is_left_alone(nb, master):
    notebook = released_notebook(nb)
    before = {name: text_of(one) for name, one in by_id(notebook).items()}
    assert mend(notebook, master) == []
    assert {name: text_of(one) for name, one in by_id(notebook).items()} == before


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_engine_reads_the_answers_of_changed_notebooks(nb, change):
    notebook = answered(nb)
    change(notebook)
    cells = notebook_cells(json.dumps(notebook).encode(), "small.ipynb")
    text = "\n".join(cells.cells)
    lost = {"empty"}  # an answer cell that became text is the answer still, by its grade_id
    assert ("def double(x):" in text) == (change.__name__ not in lost)
    assert "check_cell" not in text
