"""The sample class, graded through the command line, gets the outcomes that lie beside each submission.

By default every student counts with one submission, of a few assignments; the corpus has answers to the others. All of
them are graded with GRADER_WHOLE_CLASS=1 in the environment, as every night and before a release.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.courses import impatient_course

ROOT = Path(__file__).resolve().parent.parent
CLASS = ROOT / "tests" / "corpus" / "class"
EVERY = sorted(CLASS.glob("*/*/expected.json"))
OFTEN = ("einsum", "hooks", "loaders", "modules")
"""Assignments whose submissions are graded each time: each takes seconds to begin with."""


def chosen() -> list[Path]:
    """Return what is expected of the submissions that are graded: students' in turn, then what no student covered."""
    if os.environ.get("GRADER_WHOLE_CLASS"):
        return EVERY
    students = sorted({path.parent.parent for path in EVERY})
    theirs = {student: [path for path in EVERY if path.parent.parent == student] for student in students}
    preferred = {student: [path for path in theirs[student] if path.parent.name in OFTEN] for student in students}
    return [
        (preferred[one] or theirs[one])[number % len(preferred[one] or theirs[one])]
        for number, one in enumerate(students)
    ]


EXPECTED = chosen()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("class") / "out.json"
    course = impatient_course(tmp_path_factory.mktemp("course"), {folder.parent.name for folder in EXPECTED})
    root = tmp_path_factory.mktemp("submitted")
    for one in EXPECTED:
        shutil.copytree(one.parent, root / one.parent.relative_to(CLASS))
    command = [sys.executable, "-m", "grader", "grade", str(root), "--json", str(path)]
    done = subprocess.run([*command, "--shrink", "0", "--examples", "50"], cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(path.read_text(encoding="utf-8"))


def submission(report: Any, student: str, assignment: str) -> Any:
    found = [s for s in report["submissions"] if (s["student"], s["assignment"]) == (student, assignment)]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: f"{path.parent.parent.name}-{path.parent.name}")
def test_outcomes(report: Any, path: Path) -> None:
    wanted = json.loads(path.read_text(encoding="utf-8"))["outcomes"]
    found = submission(report, path.parent.parent.name, path.parent.name)
    came = {exercise["id"]: exercise["outcome"] for exercise in found["exercises"]}
    assert set(came) == set(wanted)
    for name, outcome in wanted.items():
        if outcome == "not passed":
            assert came[name] not in {"passed", "not_judged"}, name
        else:
            assert came[name] == outcome, (name, found)
    points = sum(exercise["max_points"] for exercise in found["exercises"] if exercise["outcome"] == "passed")
    assert found["points"] == pytest.approx(points)


def test_everybody_is_in_the_report(report: Any) -> None:
    assert len(report["submissions"]) == len(EXPECTED)
    assert report["complete"] is True
    assert len({path.parent.parent.name for path in EXPECTED}) >= 12


def test_every_lost_point_has_a_reason(report: Any) -> None:
    for found in report["submissions"]:
        for exercise in found["exercises"]:
            if exercise["outcome"] != "passed":
                assert exercise["points"] == 0
                assert exercise["findings"][0]["message"], exercise
