"""Whatever of ours is killed while a class is graded: nobody loses a point, and nothing unjudged passes for judged.

A few kills by default; two hundred with GRADER_LONG=1 in the environment.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from grader.course.settings import Course, load_course
from grader.engine.sandbox import zygote as sandbox
from grader.engine.sandbox.jails import PREFIX, sweep
from grader.judging.driver import Task, drive, opened
from grader.judging.reporting import ReportSink
from grader.judging.schedule import Graders, Options
from grader.results.report import Report, Sandbox, read_report
from tests.small_course import submission, write_small_course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="runners are forked on Linux only")
KILLS, JUDGES = (160, 40) if os.environ.get("GRADER_LONG") else (4, 2)
CLASS = [
    submission("right"),
    submission("square", double="def double(x):\n    return x * x\n"),
    submission("raises", double="def double(x):\n    return x.nothing\n"),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return load_course(write_small_course(tmp_path_factory.mktemp("kills")))


@pytest.fixture(scope="module")
def graders(course: Course) -> Iterator[Graders]:
    with opened(course, ["small"], Options(seed=5, shrink_seconds=0.0)) as opened_graders:
        yield opened_graders


def graded(graders: Graders, path: Path | None = None) -> Report:
    with ReportSink(Report(course="small", seed="5", versions={}, sandbox=Sandbox()), path) as sink:
        drive(graders, [Task(one) for one in CLASS], [sink], Options(jobs=2, allow_weak=True))
    return sink.report


def outcomes(report: Report) -> dict[str, list[str]]:
    return {one.student: [exercise.outcome for exercise in one.exercises] for one in report.submissions}


def messages(report: Report) -> list[str]:
    findings = [each for one in report.submissions for exercise in one.exercises for each in exercise.findings]
    return [finding.message for finding in findings]


def below(process: int) -> list[int]:
    """Return all processes that descend from one."""
    found: list[int] = []
    with contextlib.suppress(OSError, ValueError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *below(child)]
    return found


def kill_one(graders: Graders, random: Random) -> None:
    """Kill the zygote, or something that it forked."""
    top = graders.zygote._backend._process.pid
    several = below(top)
    victim = random.choice(several) if several and random.random() < 0.6 else top
    with contextlib.suppress(ProcessLookupError):
        os.kill(victim, signal.SIGKILL)


def test_kills_at_random_moments_take_no_point(graders: Graders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_MOST_STARTS", 10 * KILLS)
    undisturbed = outcomes(graded(graders))
    assert undisturbed["right"] == ["passed"] * len(undisturbed["right"])
    random = Random(7)
    for _ in range(KILLS):
        timer = threading.Timer(random.uniform(0.0, 0.6), kill_one, (graders, random))
        timer.start()
        report = graded(graders)
        timer.join()
        came = outcomes(report)
        unjudged = any("not_judged" in each for each in came.values())
        assert report.complete is not unjudged
        for student, each in came.items():
            for outcome, expected in zip(each, undisturbed[student], strict=True):
                assert outcome in (expected, "not_judged"), messages(report)


def judge_apart(course: Course, path: Path) -> int:
    """Grade the class in a process of its own, and return its number."""
    judge = os.fork()
    if judge:
        return judge
    try:
        with opened(course, ["small"], Options(seed=5, shrink_seconds=0.0)) as apart:
            graded(apart, path)
    finally:
        os._exit(0)


def test_a_killed_judge_leaves_nothing_that_runs_and_no_report_that_looks_whole(
    graders: Graders, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    undisturbed = outcomes(graded(graders))  # keeps what the reference does: a judge apart is quick
    random = Random(11)
    for number in range(JUDGES):
        path = tmp_path / f"{number}.json"
        judge = judge_apart(course, path)
        time.sleep(random.uniform(0.0, 4.0))
        started = below(judge)
        os.kill(judge, signal.SIGKILL)
        killed = os.waitstatus_to_exitcode(os.waitpid(judge, 0)[1]) == -signal.SIGKILL
        gone = time.monotonic() + 10.0
        while any(Path(f"/proc/{one}").exists() for one in started):
            assert time.monotonic() < gone, "a killed judge leaves processes that go on"
            time.sleep(0.01)
        if path.exists():
            report = read_report(path)
            assert {student: undisturbed[student] for student in outcomes(report)} == outcomes(report)
            assert report.complete <= (len(report.submissions) == len(CLASS))
            assert killed or report.complete
    sweep()
    assert list(tmp_path.glob(f"{PREFIX}*")) == []
