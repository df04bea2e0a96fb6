"""`grader hint`: one hint at a time, from the first to the last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.commands.cli import main
from tests.courses import write
from tests.small_course import CHECKS, write_small_course


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    course = write_small_course(tmp_path)
    write(course / "assignments/small/checks.py", CHECKS.replace('hints=["Twice."]', 'hints=["Twice.", "Add."]'))
    monkeypatch.chdir(course)
    monkeypatch.delenv("GRADER_CACHE", raising=False)
    return course


def hint(capsys: Any, *words: str) -> tuple[int, str]:
    code = 0
    try:
        code = main(["hint", *words]) or 0
    except SystemExit as end:
        code = int(end.code or 0)
    out, err = capsys.readouterr()
    return code, out + err


def test_hints_come_one_by_one_and_are_remembered(root: Path, capsys: Any) -> None:
    assert hint(capsys, "small.double") == (0, "small.double, hint 1 of 2: Twice.\n")
    last = "small.double, hint 2 of 2: Add.\nThat is the last hint.\n"
    assert hint(capsys, "small.double") == (0, last)
    assert hint(capsys, "small.double") == (0, last)
    assert hint(capsys, "small.double", "--restart")[1].startswith("small.double, hint 1 of 2")
    assert hint(capsys, "small.double", "--all")[1].count("hint") == 3


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("smal.double", "Did you mean 'small'?"),
        ("small.duble", "Did you mean 'small.double'?"),
        ("small.total", "small.total has no hint"),
        ("small", "small is an assignment\nName one of its exercises, such as small.double."),
    ],
)
def test_unknown_words(root: Path, capsys: Any, word: str, told: str) -> None:
    code, text = hint(capsys, word)
    assert code == 2
    assert told in text


def test_a_damaged_note_begins_again(root: Path, capsys: Any) -> None:
    write(root / ".grader/progress.json", "junk")
    assert hint(capsys, "small.double")[1] == "small.double, hint 1 of 2: Twice.\n"
