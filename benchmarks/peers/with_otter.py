"""Otter-Grader: an autograder made by `otter generate`, and `otter run` for each submission.

`otter grade` would run each in a container of Docker; where there is none, its documentation has `otter run`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.common import SECONDS, Scores, by_exercise, command, notebook, statements_testing
from benchmarks.peers.submissions import EXERCISES, Submission

PACKAGES = ("otter-grader>=6", "ipykernel", "nbconvert")


def prepare(folder: Path, submissions: Sequence[Submission], python: Path) -> None:
    """Write a test file for each exercise, in which exceptions fail, the autograder's zip and the notebooks."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for name in EXERCISES:
        body = "".join(f"    {line}\n" if line else "\n" for line in statements_testing(name).splitlines())
        text = (
            "from otter.test_files import test_case\n\nOK_FORMAT = False\n\n"
            f'name = "{name}"\npoints = 1\n\n\n@test_case(points=1, hidden=False)\ndef test_{name}({name}):\n{body}'
        )
        (tests / f"{name}.py").write_text(text, encoding="utf-8")
    command([python.parent / "otter", "generate", "-t", "tests", "-o", "autograder.zip"], folder, python)
    for one in submissions:
        (folder / one.name / "out").mkdir(parents=True)
        (folder / one.name / "answers.ipynb").write_text(notebook(one.cells), encoding="utf-8")


def grade(folder: Path, submissions: Sequence[Submission], python: Path) -> Scores:
    """Grade each by a process of its own, and read its results."""
    scores: Scores = {}
    for one in sorted(submissions, key=lambda one: one.name):
        where = folder / one.name
        words = [
            python.parent / "otter",
            "run",
            "--no-logo",
            "-a",
            folder / "autograder.zip",
            "-o",
            "out",
            "answers.ipynb",
        ]
        command(words, where, python, SECONDS)
        result = where / "out" / "results.json"
        if result.is_file():
            scores[one.name] = _points(result)
    return scores


def _points(result: Path) -> dict[str, float]:
    found = by_exercise()
    for test in json.loads(result.read_text(encoding="utf-8")).get("tests", []):
        name = str(test.get("name", "")).split(" ")[0]
        if name in found:
            found[name] = float(test.get("score") or 0)
        elif test.get("name") == "all":
            return by_exercise(1.0)
    return found
