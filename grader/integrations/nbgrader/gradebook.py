"""The gradebook, opened only when it is whole: not locked, not half-made, of the installed nbgrader's schema."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from grader.records.errors import UsageError

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

PREFIX = "sqlite:///"
PATIENCE = 20.0
"""Seconds to wait for another program's lock."""

_Result = TypeVar("_Result")


@contextlib.contextmanager
def open_gradebook(db_url: str, course_id: str) -> Iterator[Gradebook]:
    """Open an existing gradebook through nbgrader's own API.

    Raises `UsageError` when it is missing, locked, damaged, half-made or of another schema; a database that is not
    SQLite is left to nbgrader to check.
    """
    check_gradebook(db_url)
    from nbgrader.api import Gradebook

    gradebook = patiently(db_url, lambda: Gradebook(db_url, course_id))
    try:
        yield gradebook
    finally:
        gradebook.close()


def create_gradebook(db_url: str, course_id: str) -> None:
    """Make a gradebook where there is none, whole or not at all, and complete one that was left half-made.

    Raises `UsageError` when alembic, which nbgrader runs as a command, is not to be found.
    """
    path = sqlite_path(db_url)
    if path is None:
        return
    if path.exists():
        _complete(path)
        return
    with alembic_on_path():
        from nbgrader.api import Gradebook

        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            Gradebook(f"{PREFIX}{scratch}", course_id).close()
            os.replace(scratch, path)
        finally:
            scratch.unlink(missing_ok=True)


def _complete(path: Path) -> None:
    """Write the schema version into a gradebook without one, if its tables are those of the installed nbgrader."""
    version, tables = _state(path)
    if version is not None or not tables:
        return
    from nbgrader.api import Base

    with contextlib.closing(sqlite3.connect(path, timeout=PATIENCE)) as db, db:
        for name, table in Base.metadata.tables.items():
            there = {str(row[1]) for row in db.execute(f'PRAGMA table_info("{name}")')}
            if there != set(table.columns.keys()):
                return
        db.execute(f"CREATE TABLE IF NOT EXISTS {_VERSION} (version_num VARCHAR(32) NOT NULL)")
        db.execute(f"INSERT INTO {_VERSION} (version_num) VALUES (?)", (newest_schema(),))


def check_gradebook(db_url: str) -> None:
    """Raise `UsageError` when a SQLite gradebook cannot be worked with as it is."""
    path = sqlite_path(db_url)
    if path is None:
        return
    if not path.is_file():
        raise UsageError(f"There is no gradebook {path}.", hint="grader release --to nbgrader makes one.")
    version, tables = _state(path)
    if "grade" not in tables and tables:
        raise UsageError(f"{path} is a database, but not nbgrader's: it has no table of grades.")
    wanted = newest_schema()
    if version is None:
        raise UsageError(
            f"{path} is half-made: it {'has no schema version' if tables else 'is empty'}.",
            hint="nbgrader leaves it so when it does not find the command alembic. `grader release --to nbgrader` "
            "completes it where that is safe; else delete it, if it holds no grades yet, and release again.",
        )
    if version != wanted:
        raise UsageError(
            f"{path} has schema {version}; the installed nbgrader works with {wanted}.",
            hint="Back the file up, then bring it up to date with: nbgrader db upgrade",
        )


def patiently(db_url: str, step: Callable[[], _Result], patience: float | None = None) -> _Result:
    """Do one step with the database again and again while another program has it locked.

    Raises `UsageError` when it stays locked for `PATIENCE` seconds, cannot be written, or the disk is full.
    """
    from nbgrader.api import InvalidEntry
    from sqlalchemy.exc import OperationalError

    until = time.monotonic() + (PATIENCE if patience is None else patience)
    while True:
        try:
            return step()
        except (OperationalError, InvalidEntry) as error:  # nbgrader wraps the one into the other
            error_text = str(error.orig) if isinstance(error, OperationalError) else str(error)
            if not _is_lock(error_text):
                raise UsageError(f"The gradebook {_without_password(db_url)} cannot be used: {error_text}.") from error
            if time.monotonic() > until:
                raise _locked(db_url) from error
            time.sleep(0.2)


def sqlite_path(db_url: str) -> Path | None:
    """Return the file of a SQLite gradebook, None for another kind of database.

    >>> sqlite_path("sqlite:////srv/course/gradebook.db").as_posix()
    '/srv/course/gradebook.db'
    """
    return Path(db_url.removeprefix(PREFIX)) if db_url.startswith(PREFIX) else None


def newest_schema() -> str:
    """Return the schema version that the installed nbgrader works with, read without running alembic."""
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    return str(ScriptDirectory(ALEMBIC_DIR).get_current_head())


@contextlib.contextmanager
def alembic_on_path() -> Iterator[None]:
    """Let nbgrader find the command alembic beside the running Python, where an unactivated environment keeps it.

    Raises `UsageError` when there is none.
    """
    before = os.environ.get("PATH", "")
    beside = str(Path(sys.executable).parent)
    with_ours = os.pathsep.join((before, beside)) if before else beside
    if shutil.which("alembic", path=with_ours) is None:
        raise UsageError(
            "The command alembic, with which nbgrader makes its gradebook, is not on PATH: nothing was made.",
            hint=f"Activate the environment of nbgrader, or: {sys.executable} -m pip install alembic",
        )
    os.environ["PATH"] = with_ours
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _state(path: Path) -> tuple[str | None, set[str]]:
    """Return the schema version and the names of the tables, read only."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=1)) as db:
                tables = {str(name) for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
                rows = db.execute("SELECT version_num FROM alembic_version").fetchall() if _VERSION in tables else []
                return (str(rows[0][0]) if rows else None), tables
        except sqlite3.OperationalError as error:
            if not _is_lock(str(error)):
                raise UsageError(f"{path} cannot be opened: {error}.") from error
            if time.monotonic() > until:
                raise _locked(f"{PREFIX}{path}") from error
        except sqlite3.DatabaseError as error:
            raise UsageError(
                f"{path} is no SQLite database, or a damaged one: {error}.", hint="Put a backup in its place."
            ) from error


_VERSION = "alembic_version"


def _is_lock(error_text: str) -> bool:
    return "locked" in error_text or "busy" in error_text


def _locked(db_url: str) -> UsageError:
    return UsageError(
        f"The gradebook {_without_password(db_url)} has been locked by another program for {PATIENCE:g} s.",
        hint="Wait for formgrader, nbgrader or a database browser to end, then run this again: "
        "each submission is written whole or not at all, so nothing is half-written.",
    )


def _without_password(db_url: str) -> str:
    path = sqlite_path(db_url)
    return str(path) if path is not None else db_url.partition("@")[2] or db_url
