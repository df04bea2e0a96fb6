"""A pytest process for each submission, beside the tests: what many courses begin with."""

from __future__ import annotations

import xml.etree.ElementTree as xml
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.common import SECONDS, Scores, by_exercise, command, statements_testing
from benchmarks.peers.submissions import EXERCISES, Submission

PACKAGES = ("pytest",)


def prepare(folder: Path, submissions: Sequence[Submission], python: Path) -> None:
    """Write each submission as a module, with the tests beside it."""
    tests = "".join(
        f"def test_{name}():\n    from answers import {name}\n\n"
        + "".join(f"    {line}\n" if line else "\n" for line in statements_testing(name).splitlines())
        + "\n\n"
        for name in EXERCISES
    )
    for one in submissions:
        (folder / one.name).mkdir(parents=True)
        (folder / one.name / "answers.py").write_text("\n\n".join(one.cells), encoding="utf-8")
        (folder / one.name / "test_answers.py").write_text(tests, encoding="utf-8")


def grade(folder: Path, submissions: Sequence[Submission], python: Path) -> Scores:
    """Run the tests of each, one after another, and read which passed from the JUnit file."""
    scores: Scores = {}
    for one in sorted(submissions, key=lambda one: one.name):
        where = folder / one.name
        words = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml=junit.xml", "test_answers.py"]
        command(words, where, python, SECONDS)
        result = where / "junit.xml"
        if result.is_file():
            scores[one.name] = _points(result)
    return scores


def _points(result: Path) -> dict[str, float]:
    found = by_exercise()
    try:
        cases = list(xml.parse(result).getroot().iter("testcase"))
    except xml.ParseError:
        return found
    for case in cases:
        name = case.get("name", "").removeprefix("test_")
        if name in found and len(list(case)) == 0:
            found[name] = 1.0
    return found
