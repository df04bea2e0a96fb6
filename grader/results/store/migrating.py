"""Stores that an earlier version made: brought up to date step by step, with a copy kept of what was there."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

import sqlalchemy

from grader.records.errors import UsageError
from grader.results.store.tables import FORMAT, about

STEPS: Mapping[int, Sequence[str]] = {
    1: ("ALTER TABLE grader_gradings ADD COLUMN attempt VARCHAR(40) DEFAULT '' NOT NULL",),
}
"""What makes a store of a format one of the next: statements that SQLite and PostgreSQL both know."""


def migrate(connection: sqlalchemy.Connection, file: Path | None) -> str:
    """Bring a store to the format of this version, all or nothing, and return what is to be said of that; "" for none.

    A copy of its `file` is kept. Raises `UsageError` for a store that this version does not know how to read.
    """
    found = connection.execute(sqlalchemy.select(about.c.value).where(about.c.name == "format")).scalar()
    if found == str(FORMAT):
        return ""
    version = int(found) if found is not None and found.isdecimal() else 0
    if version > FORMAT:
        raise UsageError(
            f"the results store is of format {version}; this version of the grader reads formats up to {FORMAT}",
            hint="Use the version that wrote it (pip install --upgrade torch-grader), "
            "or name another with --store FILE: grading again fills it.",
        )
    if version not in STEPS:
        raise UsageError(
            f"the results store is of the unknown format {found}",
            hint="Move it away, or name another with --store FILE: grading again fills it.",
        )
    # The new format first: a write, so that from here on nobody else changes the store, and one process does this.
    mine = about.update().where(about.c.name == "format", about.c.value == found).values(value=str(FORMAT))
    if connection.execute(mine).rowcount != 1:
        return ""
    copy = None if file is None else _kept(file, version)
    for step in range(version, FORMAT):
        for statement in STEPS[step]:
            connection.exec_driver_sql(statement)
    message = f"the results store was brought from format {version} to format {FORMAT}"
    return message if copy is None else f"{message}; as it was it lies in {copy}"


def _kept(file: Path, version: int) -> Path:
    """Copy what is written in a store's file, and return where to."""
    copy = file.with_name(f"{file.name}.format-{version}")
    growing = copy.with_name(f"{copy.name}.partial")
    growing.unlink(missing_ok=True)
    growing.touch(mode=0o600)
    try:
        with (
            contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source,
            contextlib.closing(sqlite3.connect(growing)) as target,
        ):
            source.backup(target)
        os.replace(growing, copy)
    except sqlite3.Error as error:
        raise OSError(f"no copy of it can be kept as {copy}: {error}") from error
    finally:
        growing.unlink(missing_ok=True)
    return copy
