"""`grader list`: the course at a glance, one assignment, and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.commands import cli

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
