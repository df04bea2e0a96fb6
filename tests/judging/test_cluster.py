"""A real scheduler and three workers: what one of them had when it was killed is graded by the others."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")

import cloudpickle
import distributed

from grader.course.settings import Course, load_course
from grader.judging import cluster, worker
from grader.judging.driver import Run, Task
from grader.judging.incremental import grade_tasks
from grader.judging.keys import surroundings
from grader.judging.schedule import Graded, Options
from grader.records.errors import UsageError
from grader.records.verdict import decide
from grader.results.report import Sandbox
from tests.small_course import submission, write_small_course

cloudpickle.register_pickle_by_value(sys.modules[__name__])  # the workers do not have the tests


ORDER = ("small.double", "small.backwards")


class Heard:
    """A sink that keeps what it hears."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.graded: dict[int, Graded] = {}

    def begin(self, run: Run) -> None:
        self.runs.append(run)

    def add(self, graded: Graded, place: int) -> None:
        self.graded[place] = graded


def prepare(marker: str, name: str) -> None:
    """Have a worker judge without running anything; whoever gets `killer` first is killed."""
    from grader.judging import worker

    def grade_one(graders: object, found: Any, exercises: Any) -> Graded:
        if found.student == "killer" and not os.path.exists(marker):
            with open(marker, "w") as file:
                file.write(name)
            os.kill(os.getpid(), signal.SIGKILL)
        right = "wrong" not in found.cells[0]
        verdicts = [decide(one, "passed" if right else "failed", 1.0, examples=3) for one in ORDER]
        assert not exercises
        return Graded(found, tuple(verdicts), 0.25)

    opened = worker._Open(b"", None, Sandbox("strong"), None)  # type: ignore[arg-type] # nothing is opened
    worker._opened = lambda ticket: opened
    worker.grade_one = grade_one


def disguise(key: str, value: str) -> None:
    from grader.judging import worker

    real = worker.surroundings()
    worker.surroundings = lambda: {**real, key: value}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return load_course(write_small_course(tmp_path_factory.mktemp("cluster")))


@pytest.fixture(scope="module")
def marker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("marker") / "killed"


@pytest.fixture(scope="module")
def address(marker: Path) -> Iterator[str]:
    told = marker.with_name("scheduler.json")
    file = ("--scheduler-file", str(told), "--no-dashboard")
    with contextlib.ExitStack() as stack:
        stack.enter_context(started("distributed.cli.dask_scheduler", *file, "--host", "127.0.0.1", "--port", "0"))
        for name in ("first", "second", "third"):
            # No nanny: whoever is killed stays away.
            words = ("--no-nanny", "--nthreads", "1", "--name", name, "--local-directory", str(marker.parent))
            stack.enter_context(started("distributed.cli.dask_worker", *file, *words))
        client = stack.enter_context(distributed.Client(scheduler_file=str(told), timeout=60, set_as_default=False))
        client.wait_for_workers(3, timeout=60)
        for one, about in client.scheduler_info(-1)["workers"].items():
            client.run(prepare, str(marker), str(about["name"]), workers=[one])
            if about["name"] == "first":
                client.run(disguise, "torch", "1.0", workers=[one])
        yield client.scheduler.address


@contextlib.contextmanager
def started(module: str, *words: str) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def test_what_a_killed_worker_had_is_graded_by_another(course: Course, address: str, marker: Path) -> None:
    students = [submission("ada"), submission("killer"), submission("bob", double="wrong = 1"), submission("\ud800")]
    students.append(dataclasses.replace(students[0], cells=("'\ud800'",), files={"data.bin": b"\xff\0"}))
    heard = Heard()
    grade_tasks(course, [Task(one) for one in students], [heard], Options(seed=5, cluster=address))
    assert marker.exists()
    assert heard.runs[0].count == 5
    assert heard.runs[0].sandbox == Sandbox("strong")
    (note,) = heard.runs[0].notes
    assert note == f"not used: first: torch 1.0, here {surroundings()['torch']}"
    assert [heard.graded[place].submission for place in range(5)] == students
    outcomes = [{one.outcome for one in heard.graded[place].verdicts} for place in range(5)]
    assert outcomes == [{"passed"}, {"passed"}, {"failed"}, {"passed"}, {"passed"}]


def test_a_worker_whose_course_differs_is_refused(course: Course, tmp_path: Path) -> None:
    shared = cluster.Keys(load_course(write_small_course(tmp_path)), Options()).shared("small")
    checks = tmp_path / "assignments/small/checks.py"
    checks.write_text(checks.read_text().replace("submission.root(n)", "submission.root(n + 0)"))
    differs = worker._differing(worker.Ticket(str(tmp_path), ("small",), Options(), shared))
    assert differs == ("small.root",)
    told = cluster._reason(worker.Greeting(surroundings(), differs))
    assert "its course, seed or limits differ in 1 exercises (small.root" in told


def test_nothing_is_graded_where_no_worker_can_be_used(
    course: Course, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "surroundings", lambda: {"torch": "9.9"})
    heard = Heard()
    with pytest.raises(UsageError, match="no worker of the cluster can be used") as caught:
        grade_tasks(course, [Task(submission())], [heard], Options(seed=5, cluster=address))
    assert "here 9.9" in caught.value.message
    assert heard.runs == []


def test_errors_of_a_cluster_are_ours_and_never_a_zero(course: Course) -> None:
    graded = cluster._graded(cluster.Keys(course, Options()), Task(submission()), "KilledWorker: thrice")
    assert {one.outcome for one in graded.verdicts} == {"not_judged"}
    assert {one.points for one in graded.verdicts} == {None}


def test_where_no_scheduler_answers(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 0.3)
    with pytest.raises(UsageError, match="no scheduler answers at tcp://127"):
        grade_tasks(course, [Task(submission())], [Heard()], Options(seed=5, cluster="tcp://127.0.0.1:9"))
