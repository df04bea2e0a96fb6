"""Who is who, and who handed in together: the roster and the list of groups, as CSV files."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.records.errors import UsageError
from grader.records.text.nearest import did_you_mean

GROUP = "group"
EXTENSION = "extension"
"""A column of this name, or one that begins with it and a space, gives more time: see `extensions.py`."""
_STUDENT = "student"


@dataclasses.dataclass(frozen=True)
class Groups:
    """Groups by name, each with its members as the roster writes them."""

    members: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """All names of groups and of members."""
        return frozenset(self.members) | {one for several in self.members.values() for one in several}

    def members_of(self, identities: Iterable[str]) -> tuple[str, ...]:
        """Return the members of the group that one of the identities names or belongs to, () when there is none.

        >>> Groups({"g1": ("ada", "bob")}).members_of(["bob", "17"])
        ('ada', 'bob')
        """
        wanted = {identity.casefold() for identity in identities if identity}
        for group, several in self.members.items():
            if group.casefold() in wanted or any(one.casefold() in wanted for one in several):
                return several
        return ()


def read_roster(path: Path) -> tuple[dict[str, str], Groups]:
    """Read a CSV file with a column `student`: whatever stands in a line's other columns is the same student.

    A column `group` is none of that: those who have the same word there hand in together. Nor is one of extensions.
    Raises `UsageError` when there is no column `student`, or one identity stands for two students.
    """
    found: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    for row in csv_rows(path, (_STUDENT,)):
        student = row[_STUDENT]
        if not student:
            continue
        if row.get(GROUP):
            groups.setdefault(row[GROUP], []).append(student)
        columns = [column for column in row if column != GROUP and column.partition(" ")[0] != EXTENSION]
        for identity in {row[column] for column in columns if row[column]}:
            if found.setdefault(identity, student) != student:
                raise UsageError(f"{path}: {identity!r} stands for {found[identity]!r} and for {student!r}.")
    return found, _groups(groups, path)


def read_groups(path: Path) -> Groups:
    """Read a CSV file with the columns `group` and `student`, a line for each member.

    Raises `UsageError` when a column is missing, or a student is in two groups.
    """
    groups: dict[str, list[str]] = {}
    for row in csv_rows(path, (GROUP, _STUDENT)):
        if row[GROUP] and row[_STUDENT]:
            groups.setdefault(row[GROUP], []).append(row[_STUDENT])
    return _groups(groups, path)


def _groups(groups: Mapping[str, list[str]], path: Path) -> Groups:
    seen: dict[str, str] = {}
    for group, several in groups.items():
        for student in several:
            if seen.setdefault(student, group) != group:
                raise UsageError(f"{path}: {student!r} is in the groups {seen[student]!r} and {group!r}.")
    return Groups({group: tuple(dict.fromkeys(several)) for group, several in groups.items()})


def csv_rows(path: Path, needed: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the lines of a CSV file by column. Raises `UsageError` when a column that is needed is missing."""
    if not path.is_file():
        raise UsageError(f"There is no {'list of groups' if GROUP in needed else 'roster'} {path}.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            names = [name.strip() for name in rows.fieldnames or ()]
            rows.fieldnames = names
            for column in needed:
                if column not in names:
                    raise UsageError(f"{path} has no column {column}.", hint=did_you_mean(column, names))
            return [{column: value.strip() for column, value in row.items() if isinstance(value, str)} for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read: {error}.", hint="Save it as CSV, in UTF-8.") from error
