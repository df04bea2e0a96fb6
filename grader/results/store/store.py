"""Results by their keys: looked up before anything is graded, and kept, each submission at once, when it is."""

from __future__ import annotations

import contextlib
import datetime
import getpass
import hashlib
import os
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import msgspec
import sqlalchemy
from sqlalchemy import select

from grader.records.inert import inert, plain_text
from grader.records.verdict import Verdict
from grader.results.report import Sandbox
from grader.results.store.kept import Change, Grading, Owner, Result, RunNote
from grader.results.store.opening import WAIT_SECONDS, connected, explaining_errors, ignore
from grader.results.store.tables import gradings, results, runs

_PORTION = 400
"""Keys that are asked for at once: databases limit how many."""


class Store:
    """An open results store; made by `open_store`."""

    def __init__(self, engine: sqlalchemy.Engine, note: RunNote) -> None:
        self._engine = engine
        self._note = note
        self._run: int | None = None
        self.noting = True
        """Whether results become their owners' last ones; otherwise they are kept by their keys alone."""
        self._pending: dict[str, Result] = {}
        """Results that would take the place of held ones, were they noted."""
        self._latest: dict[Owner, Grading] | None = None

    def find(self, keys: Iterable[str]) -> dict[str, Result]:
        """Return what is held under these keys; what does not read as it was written is not held."""
        wanted = sorted(set(keys))
        found: dict[str, Result] = {}
        with explaining_errors(self._engine), self._engine.connect() as connection:
            for start in range(0, len(wanted), _PORTION):
                asked = select(results).where(results.c.key.in_(wanted[start : start + _PORTION]))
                for row in connection.execute(asked):
                    result = _read(row)
                    if result is not None:
                        found[row.key] = result
        return {**found, **{key: one for key, one in self._pending.items() if key in wanted}}

    def keep(
        self, student: str, assignment: str, made: Mapping[str, Result], fresh: Sequence[str], attempt: str = ""
    ) -> None:
        """Keep a submission's results by their keys, all or none, on the disk when this returns.

        `attempt` is when it was handed in where it is an earlier one than the student's last. Those under the keys
        `fresh` were made now, and replace what is held under them; the others are held already.
        """
        written = [key for key in fresh if self._may_write(key, made[key])]
        written += [key for key in made if self.noting and key in self._pending and key not in fresh]
        latest = self.latest()
        name = plain_text(student)
        owners = {Owner(name, assignment, one.verdict.exercise, attempt): key for key, one in made.items()}
        added = {
            owner: Grading(key, verdict.outcome, verdict.points, verdict.max_points)
            for owner, key in owners.items()
            if self.noting and not _same(latest.get(owner), key, verdict := made[key].verdict)
        }
        if not added and not written:
            return
        rows = [_row(key, made[key]) for key in written]
        with explaining_errors(self._engine):
            try:
                self._run = self._write(rows, added)
            except sqlalchemy.exc.IntegrityError:  # another run kept the same result at the same moment
                self._run = self._write(rows, added)
        latest.update(added)
        for key in written:
            self._pending.pop(key, None)

    def _write(self, rows: Sequence[Mapping[str, Any]], added: Mapping[Owner, Grading]) -> int | None:
        """Write results and what became of whom in one transaction, and return the run's number once there is one."""
        run = self._run
        with self._engine.begin() as connection:
            if rows:
                connection.execute(results.delete().where(results.c.key.in_([row["key"] for row in rows])))
                connection.execute(results.insert(), rows)
            if added:
                run = self._begun(connection)
                common = {"run": run, "course": self._note.course}
                values = [{**common, **asdict(owner), **asdict(one)} for owner, one in added.items()]
                connection.execute(gradings.insert(), values)
        return run

    def _may_write(self, key: str, result: Result) -> bool:
        """Say whether a fresh result may be written; while nothing is noted, none takes the place of a held one."""
        if self.noting or not self.find([key]):
            return True
        self._pending[key] = result
        return False

    def latest(self) -> dict[Owner, Grading]:
        """Return everybody's last results in this course."""
        if self._latest is None:
            asked = select(gradings).where(gradings.c.course == self._note.course).order_by(gradings.c.id)
            with explaining_errors(self._engine), self._engine.connect() as connection:
                self._latest = {
                    Owner(row.student, row.assignment, row.exercise, row.attempt): Grading(
                        row.key, row.outcome, row.points, row.max_points
                    )
                    for row in connection.execute(asked)
                }
        return self._latest

    def history(self, student: str) -> list[Change]:
        """Return every change of a student's results in this course, the first first."""
        names = ("exercise", "outcome", "points", "max_points", "attempt", "run")
        asked = (
            select(*(gradings.c[name] for name in names), runs.c.who, runs.c.started, runs.c.how, runs.c.versions)
            .join(runs, runs.c.id == gradings.c.run)
            .where(gradings.c.course == self._note.course, gradings.c.student == plain_text(student))
            .order_by(gradings.c.id)
        )
        with explaining_errors(self._engine), self._engine.connect() as connection:
            found = connection.execute(asked).all()
        return [Change(**{**row._mapping, "versions": msgspec.json.decode(row.versions)}) for row in found]

    def _begun(self, connection: sqlalchemy.Connection) -> int:
        if self._run is not None:
            return self._run
        values = {
            "course": self._note.course,
            "who": who(),
            "started": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
            "how": plain_text(self._note.how),
            "versions": msgspec.json.encode(dict(self._note.versions)).decode(),
        }
        inserted = connection.execute(runs.insert().values(values)).inserted_primary_key
        return int(inserted[0]) if inserted else 0


@contextlib.contextmanager
def open_store(
    url: str, note: RunNote, wait: float = WAIT_SECONDS, tell: Callable[[str], None] = ignore
) -> Iterator[Store]:
    """Open the store at a URL. `tell` and what is raised are those of `connected`."""
    with connected(url, wait, tell) as engine:
        yield Store(engine, note)


def who() -> str:
    """Return who runs this, as user@host."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid()) if hasattr(os, "getuid") else "unknown"
    return f"{user}@{platform.node()}"[:200]


def _same(before: Grading | None, key: str, verdict: Verdict) -> bool:
    return before == Grading(key, verdict.outcome, verdict.points, verdict.max_points)


def _row(key: str, result: Result) -> dict[str, Any]:
    body, sandbox = inert(result.verdict), msgspec.json.encode(result.sandbox)
    return {
        "key": key,
        "verdict": body,
        "digest": _digest(key, body, sandbox),
        "level": result.sandbox.level,
        "sandbox": sandbox,
        "seconds": result.seconds,
    }


def _read(row: Any) -> Result | None:
    try:
        if _digest(row.key, row.verdict, row.sandbox) != row.digest:
            return None
        verdict = msgspec.json.decode(row.verdict, type=Verdict)
        return Result(verdict, msgspec.json.decode(row.sandbox, type=Sandbox), row.seconds)
    except (msgspec.DecodeError, TypeError):
        return None


def _digest(key: str, verdict: bytes, sandbox: bytes) -> str:
    return hashlib.sha256(b"\0".join([key.encode(), verdict, sandbox])).hexdigest()
