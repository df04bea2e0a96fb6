"""`grader export` through the command line: files, notes, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.commands import cli
from grader.results.report import to_json
from tests import samples

GRADEBOOK = "Student,ID,SIS Login ID,Section,einsum (77)\n    Points Possible,,,,3\nZoe,1,zoe,s1,\n김민준,2,kim,s1,\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "results.json"
    zoe, kim = samples.submission(samples.perfect(), "zoe"), samples.submission(samples.kim(), "kim")
    path.write_bytes(to_json(samples.report(zoe, kim)))
    return path


def test_canvas_writes_a_new_file_beside_the_one_downloaded(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.csv").write_text(GRADEBOOK, encoding="utf-8")
    assert cli.run(["export", "canvas", str(report), "--fill", "book.csv"]) == 0
    assert (tmp_path / "book.csv").read_text(encoding="utf-8") == GRADEBOOK
    assert (tmp_path / "book-filled.csv").read_text(encoding="utf-8") == GRADEBOOK.replace("zoe,s1,", "zoe,s1,3")
    err = capsys.readouterr().err
    assert "kim: to be graded again (1 not judged); left as it was" in err
    assert "1 of 2 rows filled in" in err


def test_nothing_is_written_when_somebody_stands_on_one_side_only(report: Path, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text(GRADEBOOK + "Eve,3,eve,s1,\n", encoding="utf-8")
    assert cli.run(["export", "canvas", str(report), "--fill", str(tmp_path / "book.csv")]) == 2
    assert not (tmp_path / "book-filled.csv").exists()
    assert cli.run(["export", "canvas", str(report), "--fill", str(tmp_path / "book.csv"), "--partial"]) == 0


def test_formats_go_to_the_terminal_or_to_a_file(
    report: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert cli.run(["export", "json", str(report)]) == 0
    found = json.loads(capfdbinary.readouterr().out)
    assert found["seed"] is None
    assert cli.run(["export", "csv", str(report), "-o", str(tmp_path / "s.csv"), "--encoding", "cp949"]) == 0
    assert (tmp_path / "s.csv").read_bytes().startswith(b"student,assignment,points,max_points,not_judged,einsum.")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["excel"], "there is no format 'excel'"),
        (["canvas"], "canvas needs the file to fill in: --fill FILE"),
        (["csv", "--partial"], "--partial goes with canvas and moodle only"),
        (["csv", "--encoding", "klingon"], "there is no encoding 'klingon'"),
        (["csv", "--separator", "x"], "--separator 'x' cannot be"),
        (["gradescope", "--student", "zoe", "--audience", "instructor"], "what goes to gradescope is read by students"),
        (["gradescope"], "holds the result of one submission, and the report has 2"),
        (["canvas", "--fill", "absent.csv"], "cannot read absent.csv"),
        (["canvas", "--fill", "x.csv", "--roster", "absent.csv"], "There is no roster absent.csv"),
        (["canvas", "--fill", "x.csv", "--feedback-column", "f"], "--feedback-column goes with moodle only"),
    ],
)
def test_what_cannot_be_is_told(
    report: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["export", arguments[0], str(report), *arguments[1:]]) == 2
    assert told in capsys.readouterr().err
