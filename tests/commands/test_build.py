"""`grader build` and `grader new` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.commands.cli import run
from tests.courses import write, write_course


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_course(tmp_path, "demo")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_builds_checks_and_builds_no_more(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "--check"]) == 2
    assert "Generated files are stale:\n  assignments/demo/demo.py is missing" in capsys.readouterr().err
    assert run(["build"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "wrote assignments/demo/demo.py",
        "wrote assignments/demo/demo.ipynb",
        "wrote assignments/demo/examples.bin",
    ]
    assert run(["build", "demo"]) == 0
    assert capsys.readouterr().out == "demo: fresh\n"
    assert run(["build", "--check"]) == 0
    assert capsys.readouterr().out == "Every generated file is fresh.\n"


def test_unknown_assignment(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "dem"]) == 2
    assert capsys.readouterr().err == "error: The course has no assignment 'dem'.\nDid you mean 'demo'?\n"


def test_checks_that_raise(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root / "assignments/demo/checks.py", "1 / 0\n")
    assert run(["build"]) == 2
    assert "assignments/demo/checks.py:1: ZeroDivisionError: division by zero" in capsys.readouterr().err


def test_outside_a_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["build"]) == 2
    assert "There is no course.toml in" in capsys.readouterr().err


def test_new_then_doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["new", "deep_sets", "--course", "."]) == 0
    out = capsys.readouterr().out
    assert "wrote solutions/deep_sets/deep_sets.py" in out
    assert "wrote assignments/deep_sets/examples.bin" in out
    assert 'title = "Deep sets"' in (tmp_path / "course.toml").read_text()
    assert "wrote the points of deep_sets into course.toml" in out
    assert run(["doctor"]) == 0
    assert run(["new", "deep_sets"]) == 2
    assert "The course has an assignment 'deep_sets' already." in capsys.readouterr().err
