"""Moodle: fills grade and feedback of the offline grading worksheet that the instructor downloaded."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path

from grader.integrations.exporters.filling import Row, decimal, find_column, key, match
from grader.integrations.exporters.kinds import Exported
from grader.integrations.exporters.sheet import Entry, Sheet, only_assignment
from grader.integrations.exporters.tables import Table, read_table, table_bytes
from grader.records.errors import UsageError
from grader.records.verdict import add

HEADERS: dict[str, tuple[str, ...]] = {
    "identifier": ("Identifier", "식별자", "ID", "Identifikator", "Identifiant", "Identificador", "識別子"),
    "grade": ("Grade", "성적", "등급", "Bewertung", "Note", "Calificación", "評点"),
    "maximum": ("Maximum Grade", "Maximum grade", "최대 성적", "최고 성적", "Bestwertung", "Note maximale"),
    "feedback": (
        "Feedback comments",
        "피드백 댓글",
        "피드백 의견",
        "Feedback als Kommentar",
        "Feedback par commentaires",
    ),
    "name": ("Full name", "성명", "이름", "Vollständiger Name", "Nom complet", "Nombre completo"),
}
"""What Moodle calls a column in some of its languages; others are named on the command line."""
ID_COLUMNS = ("ID number", "학번", "식별 번호", "ID-Nummer", "Numéro d'identification")
LOGIN_COLUMNS = ("Username", "사용자 아이디", "Anmeldename", "Email address", "이메일 주소", "E-Mail-Adresse")
_PARTICIPANT = re.compile(r"\D*(\d+)\s*")


def export(
    sheet: Sheet,
    *,
    fill: Path,
    column: str | None = None,
    feedback_column: str | None = None,
    roster: Mapping[str, str] | None = None,
    partial: bool = False,
    scale: bool = False,
    encoding: str | None = None,
) -> Exported:
    """Return the worksheet with the grades and the feedback of one assignment; nobody's grade becomes a zero by it.

    Raises `UsageError` when somebody is on one side only (unless `partial`), when a column is not found, and when the
    maximum differs (unless `scale`).
    """
    only_assignment(sheet, "a worksheet")
    table = read_table(fill, encoding)
    identifier = _place(table, "identifier", None, fill)
    grade = _place(table, "grade", column, fill)
    feedback = _place(table, "feedback", feedback_column, fill)
    matched = match(sheet, _rows(table, identifier), roster or {}, partial=partial)
    notes = []
    filled = 0
    for row, entry in matched.pairs:
        cells = table.rows[row.position]
        if entry.points is None:
            notes.append(f"{entry.student}: to be graded again ({len(entry.not_judged)} not judged); left as it was")
            continue
        maximum = _maximum(table, cells)
        points = add([entry.points * _factor(entry, maximum, scale)])
        cells[grade] = decimal(points, maximum or cells[grade])
        cells[feedback] = f"<pre>{html.escape(entry.feedback, quote=False)}</pre>"
        filled += 1
    written = f"{filled} of {len(table.rows)} rows filled in"
    together = "When you upload it, take grades and feedback together: feedback alone is lost."
    return Exported(table_bytes(table), (written, *notes, *matched.notes(), together))


def _rows(table: Table, identifier: int) -> list[Row]:
    header = [key(name) for name in table.header]
    ids, logins = ([header.index(name) for name in names if name in header] for names in (ID_COLUMNS, LOGIN_COLUMNS))
    names = [header.index(name) for name in HEADERS["name"] if name in header]
    rows = []
    for position, cells in enumerate(table.rows):
        found = _PARTICIPANT.fullmatch(cells[identifier])
        if found is None:
            raise UsageError(
                f"row {position + 2} of the worksheet has no participant's number but {cells[identifier][:40]!r}",
                hint="Moodle needs that column to know the row. Download the worksheet again.",
            )
        own = (found[1], cells[identifier], *(cells[place] for place in ids))
        name = next((cells[place] for place in names), cells[identifier])
        rows.append(Row(position, f"{name} ({cells[identifier]})", own, tuple(cells[place] for place in logins)))
    return rows


def _place(table: Table, what: str, named: str | None, path: Path) -> int:
    if named is not None:
        return find_column(table.header, named, path)
    header = [key(name) for name in table.header]
    for known in HEADERS[what]:
        if header.count(known) == 1:
            return header.index(known)
    options = {"grade": "--column", "feedback": "--feedback-column"}
    hint = (
        f"Name it with {options[what]}: it has {', '.join(header)}."
        if what in options
        else "In Moodle: the assignment, View all submissions, Download grading worksheet (with offline grading on)."
    )
    if what == "feedback":
        hint += " Feedback comments must be on in the assignment's settings."
    raise UsageError(f"{path} has no column known as the {what}", hint=hint)


def _maximum(table: Table, cells: list[str]) -> str:
    header = [key(name) for name in table.header]
    return next((cells[header.index(name)].strip() for name in HEADERS["maximum"] if name in header), "")


def _factor(entry: Entry, maximum: str, scale: bool) -> float:
    try:
        possible = float(maximum.replace(",", "."))
    except ValueError:
        return 1.0  # a scale of words, or no such column: Moodle does not say
    if possible == entry.max_points or not possible:
        return 1.0
    if not scale:
        raise UsageError(
            f"the assignment is worth {possible:g} points in Moodle, and {entry.max_points:g} here",
            hint="Correct the maximum grade in Moodle, or convert our points with --scale.",
        )
    return possible / entry.max_points
