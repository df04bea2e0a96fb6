"""Opening a results store, and what is told when that or its use fails."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy
from sqlalchemy.exc import SQLAlchemyError

from grader.records.errors import UsageError
from grader.records.text.clean import clean
from grader.results.store.migrating import migrate
from grader.results.store.tables import FORMAT, about, metadata

FILENAME = "results.sqlite"
WAIT_SECONDS = 10.0
"""How long another process may hold the store before that is an error."""


def ignore(message: str) -> None:
    """Stand for whoever does not want to hear of it."""


def url_of(text: str) -> str:
    """Return the URL of a store that is named by a file or a URL.

    >>> url_of("postgresql://host/grades"), url_of("kept.sqlite")
    ('postgresql://host/grades', 'sqlite:///kept.sqlite')
    """
    return text if "://" in text else f"sqlite:///{text}"


@contextlib.contextmanager
def connected(
    url: str, wait: float = WAIT_SECONDS, tell: Callable[[str], None] = ignore
) -> Iterator[sqlalchemy.Engine]:
    """Open the database at a URL, with the store's tables in it; `tell` hears when they had to be brought up to date.

    Raises `UsageError` when it cannot be opened or written, belongs to another version, or is in use too long.
    """
    try:
        parsed = sqlalchemy.make_url(url)
        file = Path(parsed.database) if parsed.drivername.startswith("sqlite") and parsed.database else None
        options = {"timeout": wait} if file is not None else {}
        # Ctrl-C may come while a connection is given back: what the pool would print of that is no news to anybody.
        logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())
        engine = sqlalchemy.create_engine(parsed, connect_args=options)
    except (SQLAlchemyError, ImportError) as error:
        raise UsageError(
            f"this names no results store: {clean(str(error).splitlines()[0], 200)}",
            hint="Give a file, or a URL such as postgresql+psycopg://user@host/database with its driver installed.",
        ) from error
    try:
        with explaining_errors(engine):
            if file is not None:
                _make_private(file)
            moved = _prepare(engine, file)
        if moved:
            tell(moved)
        yield engine
    finally:
        engine.dispose()


@contextlib.contextmanager
def explaining_errors(engine: sqlalchemy.Engine) -> Iterator[None]:
    """Say what is wrong with the store, and what to do about it. Raises `UsageError`."""
    name = engine.url.database if engine.dialect.name == "sqlite" else engine.url.render_as_string(hide_password=True)
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error)
        message, hint = _explained(f"the results store {name}", reason)
        raise UsageError(message, hint=hint) from error


def _explained(store: str, reason: str) -> tuple[str, str]:
    lowered = reason.lower()
    if "locked" in lowered:
        return (
            f"{store} is in use by another process",
            "Wait until that one has ended, or grade into another store with --store FILE.",
        )
    if "full" in lowered or "no space" in lowered:
        return (
            f"{store} cannot grow: there is no space left",
            "Every result that is in it is kept. Make room, then run the same command again: it goes on from there.",
        )
    if "not a database" in lowered or "malformed" in lowered:
        return (
            f"{store} is damaged, or no results store: {reason}",
            "Move it away, or name another with --store FILE.",
        )
    return (
        f"{store} cannot be used: {clean(reason.splitlines()[0] if reason else 'no reason given', 300)}",
        "Give another file or URL with --store, or --store none to keep nothing.",
    )


def _make_private(file: Path) -> None:
    """Make the store's file, readable by its owner alone: it holds what hidden examples found."""
    file.parent.mkdir(parents=True, exist_ok=True)
    ignore = file.parent / ".gitignore"
    if file.parent.name == ".grader" and not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    file.touch(mode=0o600, exist_ok=True)


def _prepare(engine: sqlalchemy.Engine, file: Path | None) -> str:
    """Make the tables where there are none, and bring those of an earlier version up to date, which is told."""
    with engine.begin() as connection:
        if sqlalchemy.inspect(connection).has_table(about.name):
            return migrate(connection, file)
        metadata.create_all(connection)
        connection.execute(about.insert().values(name="format", value=str(FORMAT)))
    return ""
