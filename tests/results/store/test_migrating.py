"""Stores that another version of the grader made: brought up to date with a copy kept, or refused with what to do."""

from __future__ import annotations

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from grader.commands.cli import run
from grader.records.errors import UsageError
from grader.results.store import migrating
from grader.results.store.kept import Owner
from grader.results.store.opening import connected
from grader.results.store.store import open_store
from grader.results.store.tables import FORMAT
from tests.results.store.test_store import NOTE, result, rows
from tests.small_course import write_small_course

FORMAT_1 = """
CREATE TABLE grader_store (name VARCHAR(32) NOT NULL, value VARCHAR(200) NOT NULL, PRIMARY KEY (name));
CREATE TABLE grader_results ("key" VARCHAR(64) NOT NULL, verdict BLOB NOT NULL, digest VARCHAR(64) NOT NULL,
    level VARCHAR(16) NOT NULL, sandbox BLOB NOT NULL, seconds FLOAT NOT NULL, PRIMARY KEY ("key"));
CREATE TABLE grader_runs (id INTEGER NOT NULL, course VARCHAR(200) NOT NULL, who VARCHAR(200) NOT NULL,
    started VARCHAR(32) NOT NULL, how TEXT NOT NULL, versions TEXT NOT NULL, PRIMARY KEY (id));
CREATE TABLE grader_gradings (id INTEGER NOT NULL, run INTEGER NOT NULL, course VARCHAR(200) NOT NULL,
    student VARCHAR(400) NOT NULL, assignment VARCHAR(200) NOT NULL, exercise VARCHAR(200) NOT NULL,
    "key" VARCHAR(64) NOT NULL, outcome VARCHAR(16) NOT NULL, points FLOAT, max_points FLOAT NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(run) REFERENCES grader_runs (id));
CREATE INDEX grader_gradings_of ON grader_gradings (course, student, assignment);
INSERT INTO grader_store VALUES ('format', '1');
INSERT INTO grader_runs VALUES (1, 'small', 'kim@lab', '2026-01-01T00:00:00Z', 'grader grade class', '{"torch":"2"}');
INSERT INTO grader_gradings VALUES (1, 1, 'small', 'ada', 'small', 'small.double', 'k1', 'passed', 2.0, 2.0);
"""
"""A store as the first format's version made it."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a store of format 1 with a result that was kept then, as it reads today."""
    path = tmp_path / "results.sqlite"
    with open_store(f"sqlite:///{path}", NOTE) as store:
        store.keep("ada", "small", {"k1": result()}, ["k1"])
    ((row,),) = ([one] for one in rows(path, "select * from grader_results"))
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.executescript(FORMAT_1)
        connection.execute("insert into grader_results values (?, ?, ?, ?, ?, ?)", row)
    connection.close()
    return path


def schema(path: Path) -> dict[str, set[tuple[object, ...]]]:
    names = [str(name) for (name,) in rows(path, "select name from sqlite_master where type = 'table'")]
    return {name: {row[1:] for row in rows(path, f"pragma table_info({name})")} for name in names}


def test_a_store_of_format_1_is_brought_up_to_date_and_a_copy_is_kept(old: Path) -> None:
    said: list[str] = []
    with open_store(f"sqlite:///{old}", NOTE, tell=said.append) as store:
        assert store.find(["k1"]) == {"k1": result()}
        assert [one.student for one in store.latest()] == ["ada"]
        store.keep("ada", "small", {"k1": result()}, [], attempt="2026-01-01 10:00:00 UTC")
        assert set(store.latest()) == {
            Owner("ada", "small", "small.double"),
            Owner("ada", "small", "small.double", "2026-01-01 10:00:00 UTC"),
        }
        assert [one.attempt for one in store.history("ada")] == ["", "2026-01-01 10:00:00 UTC"]
    copy = old.with_name("results.sqlite.format-1")
    assert said == [f"the results store was brought from format 1 to format {FORMAT}; as it was it lies in {copy}"]
    assert rows(copy, "select value from grader_store") == [("1",)]
    assert len(rows(copy, "select * from grader_gradings")) == 1
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with connected(f"sqlite:///{old}", tell=said.append):
        pass
    assert len(said) == 1


def test_two_may_bring_it_up_to_date_at_once(old: Path) -> None:
    said: list[str] = []
    failed: list[BaseException] = []
    barrier = threading.Barrier(4)

    def run() -> None:
        barrier.wait()
        try:
            with connected(f"sqlite:///{old}", tell=said.append):
                pass
        except UsageError as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(said) == 1
    assert rows(old, "select value from grader_store") == [(str(FORMAT),)]


def test_every_step_leads_to_the_tables_of_today(old: Path, tmp_path: Path) -> None:
    assert sorted(migrating.STEPS) == list(range(1, FORMAT))
    with connected(f"sqlite:///{old}"), connected(f"sqlite:///{tmp_path / 'fresh.sqlite'}"):
        pass
    found, fresh = schema(old), schema(tmp_path / "fresh.sqlite")
    assert found.keys() == fresh.keys()
    for name, columns in fresh.items():
        assert {column[:3] for column in found[name]} == {column[:3] for column in columns}, name


def test_a_step_that_fails_leaves_the_store_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = (*migrating.STEPS[1], "ALTER TABLE no_such_table ADD COLUMN x INTEGER")
    monkeypatch.setattr(migrating, "STEPS", {1: broken})
    with pytest.raises(UsageError, match="no_such_table"), connected(f"sqlite:///{old}"):
        pass
    assert rows(old, "select value from grader_store") == [("1",)]
    assert "attempt" not in {row[0] for row in schema(old)["grader_gradings"]}


def test_without_a_copy_nothing_is_changed(old: Path) -> None:
    old.with_name("results.sqlite.format-1").mkdir()
    with pytest.raises(UsageError, match=r"results\.sqlite"), connected(f"sqlite:///{old}"):
        pass
    assert rows(old, "select value from grader_store") == [("1",)]
    assert "attempt" not in {row[0] for row in schema(old)["grader_gradings"]}


@pytest.mark.parametrize(
    ("value", "told", "hint"),
    [
        ("7", f"is of format 7; this version of the grader reads formats up to {FORMAT}", "pip install --upgrade"),
        ("0", "of the unknown format 0", "Move it away"),
        ("x", "of the unknown format x", "grading again fills it"),
    ],
)
def test_a_store_that_nobody_here_knows_is_refused(old: Path, value: str, told: str, hint: str) -> None:
    with sqlite3.connect(old) as connection:
        connection.execute("update grader_store set value = ?", (value,))
    connection.close()
    with pytest.raises(UsageError, match=told) as caught, connected(f"sqlite:///{old}"):
        pass
    assert hint in (caught.value.hint or "")
    assert not old.with_name(f"results.sqlite.format-{value}").exists()


def test_whoever_opens_it_first_is_told(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = write_small_course(tmp_path / "course")
    words = ["history", "ada", "--store", str(old), "--course", str(course)]
    assert run(words) == 0
    told = capsys.readouterr()
    assert told.err.startswith("note: the results store was brought from format 1 to format 2; as it was it lies in ")
    assert "small.double  2/2  passed" in told.out
    assert run(words) == 0
    assert capsys.readouterr().err == ""
