"""The line at the end of a test cell, in a live shell and beside a file that nbgrader grades."""

import json
import subprocess
import sys

import pytest

from grader.course.magics import python_of
from grader.course.settings import load_course
from grader.integrations.notebook import cellcheck
from grader.integrations.notebook.cellcheck import check_file, close_checkers, file_digest
from grader.integrations.notebook.check_cell import NotJudged, check_cell
from grader.publishing.release import release_to_folder
from grader.records.errors import AuthorError, UsageError
from tests.integrations.nbgrader.sample import module, write_nb_course

LIVE = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()
for cell in json.loads(sys.stdin.read()):
    done = shell.run_cell(cell, store_history=True)
    print("GAVE", repr(done.result), flush=True)
"""


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """What a student of the small course was given."""
    course = load_course(write_nb_course(tmp_path_factory.mktemp("course")))
    folder = tmp_path_factory.mktemp("given")
    assert list(release_to_folder(course, folder, ["small"]))
    yield folder
    close_checkers()


def test_a_live_notebook_is_checked_by_what_it_executed(given):
    cells = [
        "import torch, sys, warnings",
        "def double(x):\n    while True:\n        pass",
        "def double(x):\n    warnings.warn('careful')\n    print('noise', file=sys.stderr)\n    return x + x",
        "double(torch.ones(2))",
        'from grader.magic import check_cell\ncheck_cell("small.double")',
        "def double(x):\n    return x * x",
        'check_cell("small.double")',
        'check_cell("small.root")',
    ]
    done = subprocess.run(
        [sys.executable, "-c", LIVE], input=json.dumps(cells), cwd=given, capture_output=True, text=True, check=True
    )
    given_back = [line for line in done.stdout.splitlines() if line.startswith("GAVE")]
    assert given_back[4] == "GAVE 2.0"
    assert given_back[6:] == ["GAVE 0.0", "GAVE 0.0"]
    assert "double: passed" in done.stdout
    assert "does not define root" in done.stdout
    assert done.stderr.count("noise") == 1


@pytest.fixture
def graded(given, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.chdir(given)
    monkeypatch.delenv("GRADER_CELL_RESULTS", raising=False)
    return given


def test_while_nbgrader_grades_the_file_counts(graded, capsys):
    (graded / "small.py").write_text(module(total="def total(x):\n    return x.sum()\n"))
    assert check_cell("small.double") == 2.0
    assert check_cell("small.total") == 0.0
    out, err = capsys.readouterr()
    assert "torch.einsum" in out
    assert err == ""


def test_what_was_judged_before_is_told_of_the_same_file_only(graded, tmp_path, monkeypatch, capsys):
    (graded / "small.py").write_text(module())
    told = tmp_path / "told.json"
    exercises = {"small.double": {"text": "told before", "points": 0.5}}
    told.write_text(json.dumps({"digest": file_digest(graded, "small"), "exercises": exercises}))
    monkeypatch.setenv("GRADER_CELL_RESULTS", str(told))
    assert check_cell("small.double") == 0.5
    (graded / "small.py").write_text(module() + "\n")
    assert check_cell("small.double") == 2.0
    assert capsys.readouterr().out.startswith("told before\n")


def test_a_failure_of_ours_gives_no_number(graded, monkeypatch):
    lost = cellcheck.FileResults("", {"small.double": cellcheck.CellResult("not judged", None)})
    monkeypatch.setattr(cellcheck, "check_file", lambda *_: lost)
    with pytest.raises(NotJudged, match="no fault of the answer"):
        check_cell("small.double")


def test_unknown_exercises_and_missing_examples_are_told(graded, tmp_path):
    (graded / "small.py").write_text(module())
    with pytest.raises(UsageError, match=r"Did you mean 'small\.double'"):
        check_cell("small.duble")
    (tmp_path / "course.toml").write_text((graded / "course.toml").read_text())
    folder = tmp_path / "assignments/small"
    folder.mkdir(parents=True)
    (folder / "checks.py").write_text((graded / "assignments/small/checks.py").read_text())
    with pytest.raises(AuthorError, match=r"examples\.bin is missing"):
        check_file(tmp_path, "small")


def test_a_notebook_with_the_magic_is_graded_as_one_without():
    source, _ = python_of("%%exercise einsum.trace\ndef trace(x):\n    return x\n")
    assert source == "pass\ndef trace(x):\n    return x\n"
    assert "check" not in python_of('def f(): return 1\ncheck("einsum.trace")\n')[0]
    assert "check(other)" in python_of("check(other)\n")[0]
