"""Checking and grading choose alike: a property over folders of copies, cases of letters, stubs and broken files."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, example, find, given, settings
from hypothesis import strategies as st

from grader.commands import check
from grader.commands.check import targets
from grader.course.settings import Course, load_course
from grader.submissions import answers
from grader.submissions.collect.gather import Plan, gather
from grader.submissions.finding import FoundSubmission, find_submissions, read_submission
from tests.courses import write, write_settings

CHECKS = """from grader.authoring import exercise


@exercise(points=1)
def f(submission):
    return submission.f()


@exercise(points=1)
def g(submission):
    return submission.g()
"""
NAMES = ("a.py", "a.ipynb", "a (1).ipynb", "a-Copy1.ipynb", "A.IPYNB", "Copy of a.ipynb", "other.py", "a_old.py")
SOURCES = (
    "def f(): return 1\n",
    "def f(): return 1\ndef g(): return 2\n",
    "def f(): raise NotImplementedError\n",
    "def f(:\n",
)


def contents(name: str, source: str) -> str:
    if not name.lower().endswith(".ipynb"):
        return source
    if "(:" in source:
        return "{"
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": source}]})


folders = st.dictionaries(
    st.sampled_from(NAMES), st.tuples(st.sampled_from(SOURCES), st.integers(1, 3)), min_size=1, max_size=4
)


def choices(files: dict[str, tuple[str, int]]) -> tuple[list[tuple[str, tuple[str, ...], str | None]], list[bool]]:
    """Return what checking, grading and collecting choose in a folder, and for grading what could be read at all."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        course = load_course(write_settings(root / "course", "a"))
        write(course.root / "assignments/a/checks.py", CHECKS)
        folder = root / "submitted/ada/a"
        for name, (source, moment) in files.items():
            os.utime(write(folder / name, contents(name, source)), (moment * 10**6,) * 2)
        (checked,) = targets(course, [str(folder)])
        (graded,) = find_submissions(root / "submitted", course).submissions
        wanted = answers.wanted_of(course, "a")
        gather(Plan(root / "submitted", root / "again", ("a",), wanted=lambda name: wanted))
        (collected,) = find_submissions(root / "again", course).submissions
        read = [read_submission(one) for one in (checked.found, graded, collected)]
        readable = ["(:" not in source for name, (source, _) in files.items() if answers.is_named_like(name, "a")]
        return [(one.source, one.cells, one.problem) for one in read], readable


@settings(max_examples=40, deadline=None)
@given(folders)
@example({"a.ipynb": (SOURCES[2], 1), "A.IPYNB": (SOURCES[0], 1)})
@example({"a.ipynb": (SOURCES[3], 1), "A.IPYNB": (SOURCES[2], 1)})
def test_check_grade_and_collect_choose_alike(files: dict[str, tuple[str, int]]) -> None:
    (checked, graded, collected), readable = choices(files)
    assert checked == graded
    if graded[2] is None:
        assert checked[1] == collected[1], "collecting loses nothing"
    if any(readable):
        assert graded[2] is None, "never an unreadable file beside a readable one"


def test_the_property_finds_a_rule_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted fault: a check that takes the first name in the alphabet does not choose as grading does."""

    def first(course: Course, folder: Path, name: str) -> FoundSubmission:
        return FoundSubmission("ada", name, min(folder.iterdir()))

    monkeypatch.setattr(check, "_of_folder", first)
    quick = settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate])
    found = find(folders, lambda files: choices(files)[0][0][1] != choices(files)[0][1][1], settings=quick)
    assert found


def test_most_answers_win_over_the_shortest_name() -> None:
    files = {"a.ipynb": (SOURCES[2], 1), "a (1).ipynb": (SOURCES[1], 1), "a_old.py": (SOURCES[0], 3)}
    (_, graded, _), _ = choices(files)
    assert graded[0] == "a (1).ipynb"
