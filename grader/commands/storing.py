"""Which results store a command uses, and how it is opened."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from grader.course.settings import Course
    from grader.results.store.store import Store

NONE = "none"


@contextlib.contextmanager
def remembered(course: Course, named: str | None, versions: Mapping[str, str]) -> Iterator[Store | None]:
    """Open the store that is named, the course's own unless there is a name; None where nothing is to be kept.

    Raises `UsageError` when it cannot be used.
    """
    if named == NONE:
        yield None
        return
    if named is None and not _has_database():
        typer.echo("note: results are not kept: install 'torch-grader[course]' for that, or say --store none", err=True)
        yield None
        return
    from grader.results.store.kept import RunNote
    from grader.results.store.opening import url_of
    from grader.results.store.store import open_store

    how = re.sub(r"://[^@\s]*@", "://...@", shlex.join(["grader", *sys.argv[1:]]))  # no password is kept
    note = RunNote(course.id, how, versions)
    url = url_of(named) if named else own_url(course)
    with open_store(url, note, tell=lambda told: typer.echo(f"note: {told}", err=True)) as store:
        yield store


def own_url(course: Course) -> str:
    """Return the URL of the course's own store."""
    from grader.judging.schedule import cache_directory
    from grader.results.store.opening import FILENAME

    return f"sqlite:///{Path(os.path.abspath(cache_directory(course.root))) / FILENAME}"


def _has_database() -> bool:
    try:
        import sqlalchemy
    except ModuleNotFoundError:
        return False
    return bool(sqlalchemy)
