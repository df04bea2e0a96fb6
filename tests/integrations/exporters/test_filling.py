"""Gradebooks of Canvas and worksheets of Moodle as instructors have them: right, strange and broken."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from grader.integrations.exporters.kinds import Exported, export
from grader.integrations.exporters.sheet import Sheet, sheet_of
from grader.integrations.exporters.tables import Shape, Table, harmless, read_table, table_bytes
from grader.records.errors import UsageError
from tests import samples

CANVAS = '''\
Student,ID,SIS User ID,SIS Login ID,Section,Einsum (77),Indexing (78),Current Score
,,,,,Manual Posting,,
    Points Possible,,,,,3.00,3.00,(read only)
"Lovelace, Ada",101,u1,ada,S1,,,
"=Kim, 민준 ""MJ""",102,u2,김민준,S1,1.5,,
"Student, Test",999,,abcdef,S1,,,
'''
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade),Feedback comments\n"
    'Participant 11,"Lovelace, Ada",ada@example.org,Submitted,,3.00,-,\n'
    "Participant 12,김민준,mj@example.org,Submitted,,3.00,-,\n"
)


def sheet(*students: str) -> Sheet:
    return sheet_of(samples.report(*(samples.submission(samples.perfect(), one) for one in students)))


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def cells(made: Exported, encoding: str = "utf-8", separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.data.decode(encoding), newline=""), delimiter=separator))


def test_canvas_grades_go_where_they_belong_and_all_else_stays(tmp_path: Path) -> None:
    file = write(tmp_path / "book.csv", CANVAS)
    made = export(sheet("102", "ada"), "canvas", fill=file, titles={"einsum": "Einsum"})
    before, after = list(csv.reader(io.StringIO(CANVAS))), cells(made)
    assert [row[5] for row in after[1:]] == ["Manual Posting", "3.00", "3", "3", ""]
    assert after[4][0] == '\'=Kim, 민준 "MJ"'
    for old, new in zip(before, after, strict=True):
        assert [*old[1:5], *old[6:]] == [*new[1:5], *new[6:]]
    assert made.notes[0] == "2 of 2 rows filled in, column 'Einsum (77)'"


def test_who_stands_on_one_side_only_is_listed_and_nothing_is_written(tmp_path: Path) -> None:
    file = write(tmp_path / "book.csv", CANVAS)
    with pytest.raises(UsageError) as caught:
        export(sheet("ada", "eve"), "canvas", fill=file)
    assert "1 in the file, without a result:\n  =Kim" in caught.value.message
    assert "1 with a result, not in the file:\n  eve" in caught.value.message
    assert "--partial" in (caught.value.hint or "")
    made = export(sheet("ada", "eve"), "canvas", fill=file, partial=True)
    assert [row[5] for row in cells(made)[3:5]] == ["3", "1.5"]
    assert "  eve" in made.notes


@pytest.mark.parametrize("name", ["Ada", "ad", "ada@example.org", "Lovelace"])
def test_nobody_is_guessed(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="not everybody stands on both sides"):
        export(sheet(name, "102"), "canvas", fill=write(tmp_path / "book.csv", CANVAS))


def test_a_roster_tells_who_is_who(tmp_path: Path) -> None:
    file = write(tmp_path / "book.csv", CANVAS)
    made = export(sheet("ada_l", "102"), "canvas", fill=file, roster={"u1": "ada_l", "ada_l": "ada_l"})
    assert cells(made)[3][5] == "3"


@pytest.mark.parametrize(
    ("text", "students", "told"),
    [
        (CANVAS.replace("102", "101"), ("ada",), "101 stands in two rows of the file"),
        (CANVAS, ("101", "ada", "102"), "fits two of our students: 101 and ada"),
        (CANVAS.replace("Student,ID", "Name,ID"), ("ada",), "is no gradebook of Canvas"),
        (CANVAS.replace("101", ""), ("ada",), "has no ID"),
        (CANVAS.replace("3.00", "10.00"), ("ada", "102"), "is worth 10 points in Canvas, and 3 here"),
        (CANVAS.replace("Einsum (77)", "Einsum"), ("ada", "102"), "no column of"),
        (CANVAS.replace("Indexing (78)", "einsum (79)"), ("ada", "102"), "more than one column of"),
        (CANVAS + "Eve,1,2,3,4,5,6,7,8,9\n", ("ada",), "line 7: 10 cells, and the header has 8"),
        (CANVAS + 'Eve,"never closed\n', ("ada",), "this is no CSV"),
        ("", ("ada",), "is empty"),
        ("PK\3\4\0\0\0", ("ada",), "is no text in utf-8"),
    ],
)
def test_a_broken_gradebook_is_refused_with_what_is_wrong(
    tmp_path: Path, text: str, students: tuple[str, ...], told: str
) -> None:
    with pytest.raises(UsageError) as caught:
        export(sheet(*students), "canvas", fill=write(tmp_path / "book.csv", text))
    assert told in caught.value.message
    assert caught.value.hint


def test_points_are_converted_only_when_told(tmp_path: Path) -> None:
    file = write(tmp_path / "book.csv", CANVAS.replace("3.00", "10.00"))
    assert cells(export(sheet("ada", "102"), "canvas", fill=file, scale=True))[3][5] == "10"


def test_excused_stays_excused(tmp_path: Path) -> None:
    file = write(tmp_path / "book.csv", CANVAS.replace("S1,1.5", "S1,EX"))
    made = export(sheet("ada", "102"), "canvas", fill=file)
    assert cells(made)[4][5] == "EX"
    assert "102: excused in Canvas; left as it is" in made.notes


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8-sig", ","), ("cp949", ";"), ("utf-16", "\t"), ("utf-8", "\t"), ("cp949", ",")]
)
def test_encoding_and_separator_stay_those_of_the_file(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = list(csv.reader(io.StringIO(CANVAS)))
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows([[one.replace("3.00", "3,00") for one in row] for row in rows])
    file = write(tmp_path / "book.csv", buffer.getvalue(), encoding)
    halves = samples.submission([*samples.perfect("a b"), samples.decide("einsum.c", "not_judged", 1)], "102")
    good = sheet_of(samples.report(samples.submission(samples.perfect(), "ada"), halves))
    after = cells(export(good, "canvas", fill=file), encoding, separator)
    assert after[3][5] == "3"
    assert after[4][0].startswith("'=Kim, 민준")
    assert after[4][5] == "1.5"


def test_moodle_gets_grade_and_feedback(tmp_path: Path) -> None:
    file = write(tmp_path / "sheet.csv", MOODLE)
    good = sheet_of(
        samples.report(
            samples.submission(samples.perfect(), "11"), samples.submission(samples.perfect(), "mj@example.org")
        )
    )
    after = cells(export(good, "moodle", fill=file))
    assert [row[4] for row in after[1:]] == ["3", "3"]
    assert after[1][6] == "-"
    assert after[1][7].startswith("<pre>✓ transpose: passed")


def test_moodle_feedback_is_no_markup_of_the_students(tmp_path: Path) -> None:
    file = write(tmp_path / "sheet.csv", MOODLE)
    evil = sheet_of(samples.report(samples.submission(samples.kim()[:2], "11")))
    after = cells(export(evil, "moodle", fill=file, partial=True, scale=True))
    assert "<script>" not in after[1][7]
    assert "&lt;script&gt;" in after[1][7]


def test_moodle_in_another_language(tmp_path: Path) -> None:
    korean = MOODLE.replace("Identifier,Full name", "식별자,이름").replace("Participant", "참가자")
    korean = korean.replace(",Grade,", ",점수,")
    file = write(tmp_path / "sheet.csv", korean)
    with pytest.raises(UsageError, match="no column known as the grade") as caught:
        export(sheet("11", "12"), "moodle", fill=file)
    assert "--column" in (caught.value.hint or "")
    made = export(sheet("11", "12"), "moodle", fill=file, column="점수")
    assert cells(made)[2][4] == "3"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"Participant 12": "nobody"}, "row 3 of the worksheet has no participant's number"),
        ({"Participant 12": "Participant 11"}, "11 stands in two rows"),
        ({"Feedback comments": "Other"}, "no column known as the feedback"),
        ({"3.00": "20,00"}, "is worth 20 points in Moodle, and 3 here"),
    ],
)
def test_a_broken_worksheet_is_refused(tmp_path: Path, changes: dict[str, str], told: str) -> None:
    text = MOODLE
    for old, new in changes.items():
        text = text.replace(old, f'"{new}"' if "," in new else new)
    with pytest.raises(UsageError) as caught:
        export(sheet("11", "12"), "moodle", fill=write(tmp_path / "sheet.csv", text))
    assert told in caught.value.message


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", " =1", "\t=1", "＝1", "-x", "+", "@"])
def test_formulas_become_text(cell: str) -> None:
    written = table_bytes(Table((cell, "n"), [[cell, "-3.5"]], Shape()))
    assert list(csv.reader(io.StringIO(written.decode(), newline=""))) == [[f"'{cell}", "n"], [f"'{cell}", "-3.5"]]


@pytest.mark.parametrize("cell", ["Ada", "-3.5", "+2", "-", "3,5", "a=b", ""])
def test_other_cells_stay(cell: str) -> None:
    assert harmless(cell) == cell


def test_what_the_encoding_cannot_hold_makes_it_utf_8(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "a.csv", "Name;Note\nZoë;1\n", "cp1252"))
    assert table.rows == [["Zoë", "1"]]
    table.rows[0][1] = "김"
    assert table_bytes(table).decode("utf-8-sig") == "Name;Note\nZoë;김\n"
    with pytest.raises(UsageError, match="is no text in ascii") as caught:
        read_table(tmp_path / "a.csv", "ascii")
    assert "--encoding" in (caught.value.hint or "")
