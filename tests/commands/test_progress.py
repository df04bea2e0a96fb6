"""`grader progress`: what the last checks said, kept between runs."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from grader.commands import cli
from grader.records.errors import UsageError
from grader.results.progress import Attempt, Progress, read_progress, with_hint, write_progress
from grader.results.render.progress import Part, next_exercise, standing
from tests.courses import write
from tests.small_course import write_small_course

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
FIRST = Part("first", "First", (("first.a", 1.0), ("first.b", 2.0)))
SECOND = Part("second", "Second", (("second.a", 1.0),))


def attempt(outcome: Any) -> Attempt:
    return Attempt(outcome=outcome, points=1.0, max_points=1.0, source="first.py", when=NOW)


def due(part: Part, days: int) -> Part:
    return Part(part.name, part.title, part.exercises, NOW + datetime.timedelta(days=days))


@pytest.mark.parametrize(
    ("parts", "outcomes", "wanted"),
    [
        ([FIRST, SECOND], {}, "first.a"),
        ([FIRST, SECOND], {"first.a": "passed"}, "first.b"),
        ([FIRST, SECOND], {"first.b": "failed"}, "first.b"),
        ([FIRST, SECOND], {"first.a": "missing"}, "first.a"),
        ([FIRST, SECOND], {"second.a": "raised"}, "second.a"),
        ([FIRST, due(SECOND, 2)], {"first.b": "failed"}, "second.a"),
        ([due(FIRST, 5), due(SECOND, 2)], {}, "second.a"),
        ([due(FIRST, 5), due(SECOND, -2)], {}, "first.a"),
        ([SECOND], {"second.a": "passed"}, None),
    ],
)
def test_what_comes_next(parts: list[Part], outcomes: dict[str, str], wanted: str | None) -> None:
    progress = Progress(attempts={name: attempt(outcome) for name, outcome in outcomes.items()})
    assert next_exercise([standing(part, progress) for part in parts], NOW) == wanted


def test_the_state_comes_back_as_it_was(tmp_path: Path) -> None:
    progress = with_hint(Progress(attempts={"first.a": attempt("passed")}), "first.a", 2)
    write_progress(tmp_path, progress)
    assert read_progress(tmp_path) == progress


@pytest.mark.parametrize("text", ["junk", '{"format": 99}'])
def test_a_state_that_cannot_be_used_is_put_aside(tmp_path: Path, text: str) -> None:
    write(tmp_path / "progress.json", text)
    assert read_progress(tmp_path) == Progress()
    assert (tmp_path / "progress.json.old").read_text() == text


def test_a_state_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "progress.json").mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        read_progress(tmp_path)


def test_checks_are_counted_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    root = write_small_course(tmp_path)
    monkeypatch.chdir(root)
    monkeypatch.delenv("GRADER_CACHE", raising=False)
    assert cli.run(["build"]) == 0
    write(root / "assignments/small/small.py", "def double(x):\n    return x * 2\n\n\ndef total(x):\n    return x\n")
    assert cli.run(["check", "small"]) == 1
    capsys.readouterr()
    assert cli.run(["progress"]) == 0
    screen = capsys.readouterr().out
    assert "Small" in screen
    assert "2/6 points" in screen
    assert "1/5" in screen
    assert "1 to mend" in screen
    assert "Next: mend small.total, then  grader check small.total" in screen
    assert cli.run(["progress", "--json"]) == 0
    state = json.loads(capsys.readouterr().out)
    assert state["next"] == "small.total"
    assert state["assignments"][0]["exercises"]["small.double"] == "passed"
    assert state["assignments"][0]["exercises"]["small.backwards"] == "missing"


def test_a_changed_course_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    root = write_small_course(tmp_path)
    monkeypatch.chdir(root)
    monkeypatch.delenv("GRADER_CACHE", raising=False)
    assert cli.run(["progress"]) == 0
    assert "0/6 points" in capsys.readouterr().out
    checks = root / "assignments/small/checks.py"
    write(checks, checks.read_text().replace("@exercise(points=2", "@exercise(points=7"))
    assert cli.run(["progress"]) == 0
    assert "0/11 points" in capsys.readouterr().out
