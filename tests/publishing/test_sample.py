"""The sample course is whole: what its roster, settings and class say fits together."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from grader.commands.cli import run
from grader.course.loading import load_exercises
from grader.course.settings import load_course
from grader.publishing.sample import SUBMITTED, files, write_sample


def test_it_loads_and_its_class_is_there(tmp_path: Path) -> None:
    write_sample(tmp_path / "sample")
    course = load_course(tmp_path / "sample")
    exercises = load_exercises(course.root, "attention", hidden=False)
    assert sum(one.points for one in exercises) == course.assignments[0].points
    students = {path.name for path in (course.root / SUBMITTED).iterdir()}
    with (course.root / "roster.csv").open(encoding="utf-8") as file:
        listed = {row["student"] for row in csv.DictReader(file)}
    assert students < listed, "somebody of the roster handed nothing in"


def test_the_command_writes_it_and_keeps_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--write", str(tmp_path / "sample")]) == 0
    assert "grader build" in capsys.readouterr().out
    assert {path.relative_to(tmp_path / "sample").as_posix() for path in (tmp_path / "sample").rglob("*.*")} >= {
        *files()
    } - {".gitignore"}
    assert run(["demo", "--write", str(tmp_path / "sample")]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert run(["demo", "--write", str(tmp_path / "sample/roster.csv")]) == 2
    assert "is no folder" in capsys.readouterr().err


def test_a_course_without_the_class_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_sample(tmp_path)
    assert run(["demo", "--course", str(tmp_path)]) == 2
    assert "tests/corpus/class is not in" in capsys.readouterr().err
