"""The same store in a real PostgreSQL, which is started for these tests where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.records.errors import UsageError
from grader.results.store.kept import RunNote
from grader.results.store.opening import connected
from grader.results.store.store import open_store
from tests.results.store.test_store import NOTE, result

FOLDERS = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/bin")]
BIN = next((folder for folder in FOLDERS if (folder / "initdb").exists()), None)

pytest.importorskip("psycopg")
pytestmark = pytest.mark.skipif(BIN is None, reason="PostgreSQL is not installed")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Start a server that listens on a socket in a folder of its own; it refuses to run as root."""
    assert BIN is not None
    folder = Path(tempfile.mkdtemp(prefix="grader-pg-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)
    data, log = folder / "data", folder / "log"
    options = f"-c listen_addresses='' -k {folder} -c fsync=off"
    begin = [str(BIN / "pg_ctl"), "-D", str(data), "-l", str(log), "-w", "-o", options, "start"]
    quiet = {"cwd": "/", "user": user, "check": True, "stdout": subprocess.DEVNULL}
    try:
        subprocess.run([str(BIN / "initdb"), "-D", str(data), "-U", "grader", "-A", "trust", "-N"], **quiet)  # type: ignore[call-overload] # options of `run`
        subprocess.run(begin, **quiet)  # type: ignore[call-overload] # options of `run`
        yield f"postgresql+psycopg://grader:word@/postgres?host={folder}"
        subprocess.run([str(BIN / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload] # options of `run`
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_results_and_their_history_are_kept(url: str) -> None:
    made = {"k1": result(), "k2": result("small.total", "expected \0 1, got \ud800")}
    with open_store(url, NOTE) as store:
        store.keep("\ud800ada", "small", made, ["k1", "k2"])
    with open_store(url, NOTE) as again:
        assert set(again.find(["k1", "k2", "k3"])) == {"k1", "k2"}
        assert again.find(["k1"])["k1"] == made["k1"]
        assert [one.exercise for one in again.history("\ud800ada")] == ["small.double", "small.total"]
    with open_store(url, RunNote("another", "", {})) as other:
        assert other.latest() == {}


def test_two_runs_may_keep_the_same_at_once(url: str) -> None:
    barrier, failed = threading.Barrier(2), []

    def grade(student: str) -> None:
        with open_store(url, NOTE) as store:
            for number in range(20):
                barrier.wait()
                try:
                    store.keep(student, "small", {f"r{number}": result()}, [f"r{number}"])
                except UsageError as error:
                    failed.append(error)

    threads = [threading.Thread(target=grade, args=(name,)) for name in ("ada", "bob")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with open_store(url, NOTE) as store:
        assert len(store.find(f"r{number}" for number in range(20))) == 20


def test_a_store_of_format_1_is_brought_up_to_date(url: str) -> None:
    with connected(url) as engine, engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE grader_gradings DROP COLUMN attempt")
        connection.exec_driver_sql("UPDATE grader_store SET value = '1'")
    said: list[str] = []
    with open_store(url, NOTE, tell=said.append) as store:
        store.keep("cho", "small", {"m1": result()}, ["m1"], attempt="2026-01-01 10:00:00 UTC")
        assert [one.attempt for one in store.history("cho")] == ["2026-01-01 10:00:00 UTC"]
    assert said == ["the results store was brought from format 1 to format 2"]


def test_no_password_is_told() -> None:
    with (
        pytest.raises(UsageError, match="cannot be used") as caught,
        connected("postgresql+psycopg://grader:secret@/nobody?host=/nowhere"),
    ):
        pass
    assert "secret" not in str(caught.value)
    assert "psycopg" in str(caught.value)
