"""`grader doctor --mutants` and `--seeds` through the command line: exit codes, tables, JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.commands.cli import run
from tests.courses import write, write_course

STALE = '[[equivalent]]\ndefines = "double"\nold = "return 1"\nnew = "return 2"\nreason = "So."\n'


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_course(tmp_path, "small"))
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


def test_mutants_are_tried_and_what_is_wrong_is_told(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(course / "solutions/small/equivalent.toml", STALE)
    words = ["--most", "5", "--single", "50", "--overall", "100", "--json", "all.json"]
    assert run(["doctor", "--mutants", *words]) == 2
    told = capsys.readouterr()
    assert "survived small.double: operator" in told.out  # + 0 changes nothing
    assert "mutants were tried; --all tries every one." in told.out
    assert "2 of 3 proofs failed" in told.err
    found = json.loads((course / "all.json").read_text())
    assert {one["state"] for one in found["mutants"]} == {"caught", "survived"}
    stale, double, everything = found["items"]
    assert (stale["ok"], stale["message"]) == (False, "double: no mutant changes `return 1` to `return 2`")
    assert (double["ok"], double["subject"]) == (True, "small.double")
    assert (everything["ok"], everything["subject"]) == (False, "all")


def test_seeds_are_graded(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--seeds", "2", "--json", "-"]) == 0
    (item,) = json.loads(capsys.readouterr().out)
    assert item == {
        "proof": "seeds",
        "subject": "small.double",
        "ok": True,
        "message": "passed with 2 other seeds",
        "hint": "",
    }
