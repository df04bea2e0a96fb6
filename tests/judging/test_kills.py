"""Whatever of ours is killed while a class is graded: nobody loses a point, and nothing unjudged passes for judged.

A few kills by default; two hundred with GRADER_MANY_KILLS=1 in the environment.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from grader.course.settings import load_course
from grader.engine.sandbox import zygote as sandbox
from grader.judging.driver import Task, drive, opened
from grader.judging.reporting import ReportSink
from grader.judging.schedule import Graders, Options
from grader.results.report import Report, Sandbox
from tests.small_course import submission, write_small_course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="runners are forked on Linux only")
KILLS = 200 if os.environ.get("GRADER_MANY_KILLS") else 4
CLASS = [
    submission("right"),
    submission("square", double="def double(x):\n    return x * x\n"),
    submission("raises", double="def double(x):\n    return x.nothing\n"),
]


@pytest.fixture(scope="module")
def graders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graders]:
    course = load_course(write_small_course(tmp_path_factory.mktemp("kills")))
    with opened(course, ["small"], Options(seed=5, shrink_seconds=0.0)) as opened_graders:
        yield opened_graders


def graded(graders: Graders) -> Report:
    with ReportSink(Report(course="small", seed="5", versions={}, sandbox=Sandbox())) as sink:
        drive(graders, [Task(one) for one in CLASS], [sink], Options(jobs=2, allow_weak=True))
    return sink.report


def outcomes(report: Report) -> dict[str, list[str]]:
    return {one.student: [exercise.outcome for exercise in one.exercises] for one in report.submissions}


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
                assert outcome in (expected, "not_judged")
