"""More time for some: the columns of the roster that say so."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from pathlib import Path

from grader.records.errors import UsageError
from grader.records.text.nearest import did_you_mean
from grader.submissions.collect.groups import EXTENSION, csv_rows
from grader.submissions.collect.times import parse_timestamp

Extension = datetime.timedelta | datetime.datetime
"""So much longer, or until then."""

EVERYTHING = ""
"""Stands for every assignment."""


def read_extensions(
    path: Path, assignments: Collection[str]
) -> tuple[tuple[str, ...], dict[tuple[str, str], Extension]]:
    """Return the students of a roster, and their extensions by student and assignment.

    The column `extension` is about every assignment, `extension einsum` about one. A cell holds a number of days, such
    as 3 or 0.5, or a date and time until when. Raises `UsageError` for anything else, for a column about no assignment
    and for a student who is there twice.
    """
    students: list[str] = []
    found: dict[tuple[str, str], Extension] = {}
    for number, row in enumerate(csv_rows(path, ("student",)), 2):
        student = row["student"]
        if not student:
            continue
        if student in students:
            raise UsageError(f"{path}, line {number}: {student!r} is there twice.", hint="Put all of it into one line.")
        students.append(student)
        for column, text in row.items():
            word, _, name = column.partition(" ")
            if word != EXTENSION or not text:
                continue
            if name and name not in assignments:
                raise UsageError(
                    f"{path} has extensions for {name!r}, which is no assignment.", hint=did_you_mean(name, assignments)
                )
            found[student, name or EVERYTHING] = _extension(text, f"{path}, line {number}, {column}")
    return tuple(students), found


def _extension(text: str, place: str) -> Extension:
    try:
        days = float(text)
    except ValueError:
        moment = parse_timestamp(text)
        if moment is not None:
            return moment
    else:
        if 0 <= days <= 1000:
            return datetime.timedelta(days=days)
    raise UsageError(
        f"{place}: {text!r} is neither a number of days nor a time.", hint="Such as 3, or 2030-02-03 23:59 +01:00."
    )
