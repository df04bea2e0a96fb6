"""A table for spreadsheets: a row for each submission, a column for each exercise."""

from __future__ import annotations

from grader.integrations.exporters.kinds import Exported
from grader.integrations.exporters.sheet import Entry, Sheet
from grader.integrations.exporters.tables import Shape, Table, table_bytes

COLUMNS = ("student", "assignment", "points", "max_points", "not_judged")


def export(sheet: Sheet, *, separator: str = ",", encoding: str = "utf-8") -> Exported:
    """Return a CSV table; points that are not known yet are empty cells and no zeros."""
    ids = tuple(dict.fromkeys(score.id for entry in sheet.entries for score in entry.scores))
    rows = [_row(entry, ids) for entry in sheet.entries]
    shape = Shape(separator=separator, encoding=encoding, newline="\r\n")
    return Exported(table_bytes(Table((*COLUMNS, *ids), rows, shape)))


def _row(entry: Entry, ids: tuple[str, ...]) -> list[str]:
    points = {score.id: _number(score.points) for score in entry.scores}
    first = [entry.student, entry.assignment, _number(entry.points), _number(entry.max_points)]
    return [*first, str(len(entry.not_judged)), *(points.get(one, "") for one in ids)]


def _number(points: float | None) -> str:
    return "" if points is None else f"{points:.10g}"
