import json
import os

import pytest

from grader.authoring.exercises import Exercise
from grader.submissions.choosing import answered
from grader.submissions.finding import read_answer

EXERCISES = [Exercise(name=name, points=1, probes=[], names=(name,)) for name in ("f", "g")]
STUB = "def f(x):\n    raise NotImplementedError\n\n\ndef g(x):\n    '''Text.'''\n    raise NotImplementedError()\n"
ONE = "def f(x):\n    return x\n\n\ndef g(x):\n    raise NotImplementedError\n"
BOTH = "def f(x):\n    return x\n\n\ng = f\n"


def put(folder, notebook=None, module=None):
    if notebook is not None:
        cells = [{"cell_type": "code", "source": notebook, "metadata": {}, "outputs": []}]
        (folder / "a.ipynb").write_text(
            json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 4, "metadata": {}})
        )
    if module is not None:
        (folder / "a.py").write_text(module)


@pytest.mark.parametrize(
    ("notebook", "module", "graded"),
    [
        (BOTH, STUB, "a.ipynb"),
        (STUB, BOTH, "a.py"),
        (ONE, BOTH, "a.py"),
        (BOTH, ONE, "a.ipynb"),
        (ONE, ONE, "a.ipynb"),
        (STUB, STUB, "a.ipynb"),
        (STUB, None, "a.ipynb"),
        (None, STUB, "a.py"),
        (STUB, "def f(:", "a.ipynb"),
    ],
)
def test_the_file_with_more_answers_is_graded(tmp_path, notebook, module, graded):
    put(tmp_path, notebook, module)
    os.utime(tmp_path, (1, 1))
    assert read_answer(tmp_path, "a", "ada", EXERCISES).source == graded


def test_a_choice_between_two_answers_is_told(tmp_path):
    put(tmp_path, ONE, BOTH)
    found = read_answer(tmp_path, "a", "ada", EXERCISES)
    assert found.notes == ("graded: a.py, not a.ipynb: it answers 2 exercises, a.ipynb answers 1",)


def test_an_unreadable_file_beside_a_good_one_is_told(tmp_path):
    put(tmp_path, BOTH)
    (tmp_path / "a.py").write_bytes(b"\x7fELF\0")
    found = read_answer(tmp_path, "a", "ada", EXERCISES)
    assert found.source == "a.ipynb"
    assert "null byte" in found.notes[0]


def test_nothing_and_something_unreadable_are_problems(tmp_path):
    assert "there is no a.py or a.ipynb" in read_answer(tmp_path, "a", "ada", EXERCISES).problem
    (tmp_path / "a.ipynb").write_text("")
    assert "is empty" in read_answer(tmp_path, "a", "ada", EXERCISES).problem


def test_a_class_with_an_open_method_is_not_answered():
    source = "class f:\n    def go(self):\n        raise NotImplementedError\n    def name(self):\n        return 1\n"
    assert answered([source], [{"f"}]) == 0
    assert answered([source.replace("raise NotImplementedError", "return 2")], [{"f"}]) == 1
