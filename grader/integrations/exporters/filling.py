"""Which row of somebody else's table is which student of ours: by id, then by login, and never by guessing."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Mapping, Sequence

from grader.integrations.exporters.sheet import Entry, Sheet
from grader.records.errors import UsageError
from grader.records.text.clean import clean
from grader.records.text.nearest import did_you_mean

SHOWN = 50
"""Unmatched rows that are listed; the rest are counted."""


@dataclasses.dataclass(frozen=True)
class Row:
    """Somebody in the other system's table."""

    position: int
    name: str
    """What to call them in a message."""
    ids: tuple[str, ...]
    logins: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Matched:
    """Who is who, and whom only one side knows."""

    pairs: tuple[tuple[Row, Entry], ...]
    without_result: tuple[str, ...]
    """Rows of the table that no result belongs to."""
    without_row: tuple[str, ...]
    """Students with a result whom the table does not have."""

    def notes(self) -> tuple[str, ...]:
        """List whom only one side knows."""
        unmatched = [*_listed("in the file, without a result", self.without_result)]
        return (*unmatched, *_listed("with a result, not in the file", self.without_row))


def match(sheet: Sheet, rows: Sequence[Row], roster: Mapping[str, str], *, partial: bool) -> Matched:
    """Find each student's row. A roster gives, for other identities of a student, the name under which we know them.

    Raises `UsageError` when an id stands in two rows, when a student fits two rows or a row two students, and, unless
    `partial`, when a row or a student is left over: the message lists them all.
    """
    by_id, by_login = _index(rows, "ids"), _index(rows, "logins")
    identities: dict[str, set[str]] = {}
    for identity, student in roster.items():
        identities.setdefault(student, set()).add(identity)
    taken: dict[int, Entry] = {}
    missing: list[str] = []
    for entry in sheet.entries:
        names = {key(one) for one in (entry.student, *identities.get(entry.student, ()))}
        found = _lookup(names, by_id) or _lookup(names, by_login)
        if len(found) > 1:
            who = " and ".join(row.name for row in found.values())
            raise UsageError(f"{entry.student} fits two rows of the file: {who}", hint="Tell them apart with --roster.")
        if not found:
            missing.append(entry.student)
            continue
        position, row = next(iter(found.items()))
        if position in taken:
            raise UsageError(
                f"{row.name} in the file fits two of our students: {taken[position].student} and {entry.student}",
                hint="Collect once more with a roster, so that each person has one folder.",
            )
        taken[position] = entry
    matched = Matched(
        tuple((row, taken[row.position]) for row in rows if row.position in taken),
        tuple(row.name for row in rows if row.position not in taken),
        tuple(missing),
    )
    if not partial and (matched.without_result or matched.without_row):
        raise UsageError(
            "\n".join(["not everybody stands on both sides, so nothing was written:", *matched.notes()]),
            hint="Tell who is who with --roster, or write those that match with --partial.",
        )
    return matched


def key(identity: str) -> str:
    """Return an identity as it is compared: the same letters in one form, without space around them."""
    return unicodedata.normalize("NFC", identity).strip()


def find_column(header: Sequence[str], wanted: str, path: object) -> int:
    """Return the position of a column. Raises `UsageError` when it is not there, or there twice."""
    places = [place for place, name in enumerate(header) if key(name) == key(wanted)]
    if len(places) == 1:
        return places[0]
    if places:
        raise UsageError(f"{path} has {len(places)} columns {wanted!r}", hint="Download the file again.")
    raise UsageError(f"{path} has no column {wanted!r}", hint=did_you_mean(wanted, list(header)))


def decimal(points: float, example: str) -> str:
    """Return points with the decimal sign of an example cell.

    >>> decimal(2.5, "10,00"), decimal(3.0, "10.0"), decimal(2.5, "")
    ('2,5', '3', '2.5')
    """
    text = f"{points:.10g}"
    return text.replace(".", ",") if "," in example else text


def _index(rows: Sequence[Row], field: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    owners: dict[tuple[int, str], Row] = {}
    for row in rows:
        for column, identity in enumerate(map(key, getattr(row, field))):
            if not identity:
                continue
            other = owners.setdefault((column, identity), row)
            if other is not row:
                raise UsageError(
                    f"{clean(identity, 80)} stands in two rows of the file: {other.name} and {row.name}",
                    hint="Download the file again; a student must be in it once.",
                )
            found.setdefault(identity, []).append(row)
    return found


def _lookup(names: set[str], index: Mapping[str, list[Row]]) -> dict[int, Row]:
    return {row.position: row for name in names for row in index.get(name, ())}


def _listed(what: str, names: tuple[str, ...]) -> list[str]:
    if not names:
        return []
    lines = [f"{len(names)} {what}:", *(f"  {clean(name, 100, newlines=False)}" for name in names[:SHOWN])]
    return [*lines, f"  and {len(names) - SHOWN} more"] if len(names) > SHOWN else lines
