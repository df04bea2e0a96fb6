"""`grader list`: the course at a glance, one assignment, and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.commands import cli
from tests.courses import CHECKS, write_course

ROOT = Path(__file__).resolve().parents[2]


def test_the_course_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["list", "--course", str(ROOT)]) == 0
    out = capsys.readouterr().out
    assert "tensors" in out
    assert "training" in out
    assert "together" in out


def test_one_assignment_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["list", "layers", "--course", str(ROOT), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["assignments"]
    assert row["after"] == ["indexing", "autograd"]
    assert {"id": "layers.dropout", "points": 3.0} in row["exercises"]
    assert cli.run(["list", "layers", "--course", str(ROOT)]) == 0
    assert "layers.softmax" in capsys.readouterr().out


PART = """

@double.also(points=1.5)
def of_matrices(submission, x=tensors("n m")):
    return submission.double(x)
"""


def test_parts_stand_below_their_exercise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_course(tmp_path / "course", "demo")
    (root / "assignments/demo/checks.py").write_text(CHECKS + PART, encoding="utf-8")
    assert cli.run(["list", "demo", "--course", str(root)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line for line in lines if line][-3:] == [["demo.double", "2.5"], ["double", "1"], ["of_matrices", "1.5"]]
    assert cli.run(["list", "demo", "--course", str(root), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["assignments"]
    parts = [{"name": "double", "points": 1.0}, {"name": "of_matrices", "points": 1.5}]
    assert row["exercises"] == [{"id": "demo.double", "points": 2.5, "parts": parts}]
