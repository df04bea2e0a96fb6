"""Canvas: fills one assignment's column of the gradebook that the instructor exported, so that all ids stay right."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path

from grader.integrations.exporters.filling import Matched, Row, decimal, find_column, key, match
from grader.integrations.exporters.kinds import Exported
from grader.integrations.exporters.sheet import Sheet, only_assignment
from grader.integrations.exporters.tables import Table, read_table, table_bytes
from grader.records.errors import UsageError
from grader.records.verdict import add

ID_COLUMNS = ("ID", "SIS User ID", "Integration ID")
LOGIN_COLUMNS = ("SIS Login ID",)
TEST_STUDENT = "Student, Test"
"""Canvas's own stand-in for a student, which stands in exported gradebooks and hands nothing in."""
_COLUMN = re.compile(r"(?P<name>.*\S)\s*\((?P<id>\d+)\)\s*", re.DOTALL)


@dataclasses.dataclass(frozen=True)
class Gradebook:
    """An exported gradebook, with what its columns and rows mean."""

    path: Path
    table: Table
    students: tuple[Row, ...]
    possible: list[str]
    """The row of points possible; empty cells where there is none."""


@dataclasses.dataclass(frozen=True)
class Grade:
    """One student's grade for Canvas."""

    row: Row
    user: str
    """Canvas's own number of the student."""
    points: float
    comment: str


def export(
    sheet: Sheet,
    *,
    fill: Path,
    column: str | None = None,
    titles: Mapping[str, str] | None = None,
    roster: Mapping[str, str] | None = None,
    partial: bool = False,
    scale: bool = False,
    encoding: str | None = None,
) -> Exported:
    """Return the exported gradebook with the grades of one assignment filled in; nobody's grade becomes a zero by it.

    `titles` has the course's titles of assignments, to find the column by. Raises `UsageError` when somebody is on one
    side only (unless `partial`), when no column or more than one fits, and when the points possible differ (unless
    `scale`).
    """
    book = read_gradebook(fill, encoding)
    place = _column(book, only_assignment(sheet, "a gradebook"), column, titles or {})
    matched, grades, notes = grades_for(sheet, book, place, roster or {}, partial=partial, scale=scale)
    example = book.possible[place]
    for grade in grades:
        book.table.rows[grade.row.position][place] = decimal(grade.points, example)
    written = f"{len(grades)} of {len(book.students)} rows filled in, column {book.table.header[place]!r}"
    return Exported(table_bytes(book.table), (written, *notes, *matched.notes()))


def read_gradebook(path: Path, encoding: str | None = None) -> Gradebook:
    """Read a gradebook that Canvas exported. Raises `UsageError` when it is none."""
    table = read_table(path, encoding)
    header = [key(name) for name in table.header]
    if header[0] != "Student" or "ID" not in header or "Section" not in header:
        raise UsageError(
            f"{path} is no gradebook of Canvas: it must begin with the columns Student, ID, ..., Section, and begins "
            f"with {', '.join(header[:4])}",
            hint="In Canvas: Grades, Export, Export Entire Gradebook.",
        )
    possible = [""] * len(header)
    students = []
    for position, row in enumerate(table.rows):
        if row[0].strip() == "Points Possible":
            possible = row
        elif row[0].strip() and row[0].strip() != TEST_STUDENT:
            if not row[header.index("ID")].strip():
                raise UsageError(
                    f"{path}: {row[0].strip()!r} has no ID, so Canvas would not know whose grade it is",
                    hint="Export the gradebook again and leave its columns as they are.",
                )
            ids, logins = (
                tuple(row[header.index(name)] for name in names if name in header)
                for names in (ID_COLUMNS, LOGIN_COLUMNS)
            )
            students.append(Row(position, f"{row[0].strip()} ({', '.join(filter(None, ids + logins))})", ids, logins))
    return Gradebook(path, table, tuple(students), possible)


def grades_for(
    sheet: Sheet, book: Gradebook, place: int, roster: Mapping[str, str], *, partial: bool, scale: bool
) -> tuple[Matched, list[Grade], list[str]]:
    """Return who is who, the grades to give, and remarks on those that are not given."""
    matched = match(sheet, book.students, roster, partial=partial)
    factor = _factor(sheet, book, place, scale)
    user = [key(name) for name in book.table.header].index("ID")
    grades, notes = [], []
    for row, entry in matched.pairs:
        cells = book.table.rows[row.position]
        if entry.points is None:
            notes.append(f"{entry.student}: to be graded again ({len(entry.not_judged)} not judged); left as it was")
        elif cells[place].strip().upper() == "EX":
            notes.append(f"{entry.student}: excused in Canvas; left as it is")
        else:
            grades.append(Grade(row, cells[user].strip(), add([entry.points * factor]), entry.feedback))
    return matched, grades, notes


def assignment_id(book: Gradebook, place: int) -> int:
    """Return Canvas's own number of a column's assignment."""
    found = _COLUMN.fullmatch(book.table.header[place])
    assert found is not None  # only such columns are chosen
    return int(found["id"])


def column_of(book: Gradebook, sheet: Sheet, column: str | None, titles: Mapping[str, str]) -> int:
    """Return the place of the one column for a sheet's assignment; raises `UsageError` as `export` does."""
    return _column(book, only_assignment(sheet, "a gradebook"), column, titles)


def _column(book: Gradebook, assignment: str, column: str | None, titles: Mapping[str, str]) -> int:
    header = book.table.header
    numbered = {place: found for place, name in enumerate(header) if (found := _COLUMN.fullmatch(name))}
    listed = ", ".join(repr(header[place]) for place in numbered) or "none"
    if column is not None:
        fitting = [p for p, found in numbered.items() if key(column) in (key(header[p]), found["name"], found["id"])]
    else:
        wanted = {assignment.casefold(), titles.get(assignment, assignment).casefold()}
        fitting = [place for place, found in numbered.items() if key(found["name"]).casefold() in wanted]
    if len(fitting) == 1:
        return fitting[0]
    if column is not None and not fitting:
        find_column([header[place] for place in numbered], column, book.path)
    raise UsageError(
        f"{'no column' if not fitting else 'more than one column'} of {book.path} is {column or assignment}",
        hint=f"Name it with --column. Its columns of assignments: {listed}. "
        "Create the assignment in Canvas first, then export the gradebook.",
    )


def _factor(sheet: Sheet, book: Gradebook, place: int, scale: bool) -> float:
    """Return what our points are multiplied with; 1 where the points possible agree or are not told."""
    text = book.possible[place].strip().replace(",", ".")
    try:
        possible = float(text)
    except ValueError:
        return 1.0  # "(read only)" and empty cells: Canvas does not say
    ours = max(entry.max_points for entry in sheet.entries)
    if possible == ours or not possible:
        return 1.0
    if not scale:
        raise UsageError(
            f"{book.table.header[place]} is worth {possible:g} points in Canvas, and {ours:g} here",
            hint="Correct the points in Canvas, or convert ours with --scale.",
        )
    return possible / ours
