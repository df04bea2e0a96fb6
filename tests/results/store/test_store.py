"""The results store: what is kept, what is never wrong, and what is said when it cannot be used."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.records.errors import UsageError
from grader.records.findings import Finding
from grader.records.verdict import decide
from grader.results.report import Sandbox
from grader.results.store.kept import Result, RunNote
from grader.results.store.opening import connected, url_of
from grader.results.store.store import Store, open_store

NOTE = RunNote("small", "grader grade class", {"torch": "2"})
STRONG = Sandbox("strong", {"seccomp": "ok"})


def result(exercise: str = "small.double", message: str = "") -> Result:
    findings = [Finding(kind="value", must=True, message=message)] if message else []
    outcome = decide(exercise, "failed" if message else "passed", 2.0, examples=3, findings=findings)
    return Result(outcome, STRONG, 0.5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "results.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{path}", NOTE) as found:
        yield found


def rows(path: Path, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute(question).fetchall()


def test_what_is_kept_is_found_by_another_run_and_by_nobody_else(store: Store, path: Path) -> None:
    made = {"k1": result(), "k2": result("small.total", "expected 1, got 2")}
    store.keep("ada", "small", made, ["k1", "k2"])
    with open_store(f"sqlite:///{path}", NOTE) as again:
        assert again.find(["k1", "k2", "k3"]) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_hostile_texts_are_kept_as_they_would_be_shown(store: Store) -> None:
    store.keep("\ud800<b>'; drop table", "small", {"k": result(message="\ud800 \0 <script>")}, ["k"])
    assert store.find(["k"])["k"].verdict.findings[0].message == "\\ud800 \\0 <script>"


def test_a_result_that_was_damaged_is_not_held(store: Store, path: Path) -> None:
    made = {f"k{number}": result(f"small.e{number}") for number in (1, 2, 3, 5)}
    store.keep("ada", "small", made, list(made))
    with sqlite3.connect(path) as connection:
        connection.execute("update grader_results set verdict = replace(verdict, '2.0', '9.0') where key = 'k1'")
        connection.execute("update grader_results set sandbox = cast('{}' as blob) where key = 'k2'")
        connection.execute("update grader_results set key = 'k4' where key = 'k3'")
    assert set(store.find(["k1", "k2", "k3", "k4", "k5"])) == {"k5"}


def test_the_history_tells_each_change_of_a_result_once(store: Store, path: Path) -> None:
    store.keep("ada", "small", {"k1": result()}, ["k1"])
    with open_store(f"sqlite:///{path}", NOTE) as again:
        again.keep("ada", "small", {"k1": result()}, [])
        again.keep("ada", "small", {"k2": result(message="wrong")}, ["k2"])
    with open_store(f"sqlite:///{path}", RunNote("other", "grader grade", {})) as other:
        other.keep("ada", "small", {"k2": result(message="wrong")}, [])
    found = rows(path, "select run, student, exercise, key, points from grader_gradings order by id")
    assert found == [
        (1, "ada", "small.double", "k1", 2.0),
        (2, "ada", "small.double", "k2", 0.0),
        (3, "ada", "small.double", "k2", 0.0),
    ]
    ((who, how),) = rows(path, "select who, how from grader_runs where id = 1")
    assert "@" in str(who)
    assert how == "grader grade class"


def test_a_full_disk_loses_nothing_that_was_kept(store: Store, path: Path) -> None:
    store.keep("ada", "small", {"k0": result()}, ["k0"])
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UsageError, match="no space left") as caught:
        store.keep("bob", "small", {f"k{n}": result(f"small.e{n}", "x" * 50_000) for n in (1, 2)}, ["k1", "k2"])
    assert "run the same command again" in (caught.value.hint or "")
    assert set(store.find(["k0", "k1", "k2"])) == {"k0"}
    assert rows(path, "pragma integrity_check") == [("ok",)]


def test_a_store_in_use_is_told(store: Store, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin exclusive")
    try:
        with (
            pytest.raises(UsageError, match="in use by another process"),
            open_store(f"sqlite:///{path}", NOTE, wait=0.05),
        ):
            pass
    finally:
        other.close()


@pytest.mark.parametrize(
    ("content", "url", "told"),
    [
        (b"junk, and far more of it than the header of a database", "", "damaged, or no results store"),
        (None, "nonsense://host/x", "this names no results store"),
        (None, "sqlite:////proc/results.sqlite", "cannot be used"),
    ],
)
def test_what_is_no_store_is_refused(path: Path, content: bytes | None, url: str, told: str) -> None:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=told), connected(url or url_of(str(path))):
        pass
