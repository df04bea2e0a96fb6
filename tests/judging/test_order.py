"""No verdict, and no explanation, depends on another submission: not by order, not by company, not by jobs."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import msgspec
import pytest

from grader.course.settings import load_course
from grader.engine.session import Session
from grader.judging.driver import Task, drive, opened
from grader.judging.reporting import ReportSink
from grader.judging.schedule import Graders, Options
from grader.results.report import Report, Sandbox, SubmissionReport
from tests.small_course import submission, write_small_course

SCALED = "def double(x):\n    return x * SCALE\n"
COUNTED = """\
calls = []
def double(x):
    calls.append(1)
    if len(calls) > 3:
        import os
        os._exit(3)
    return x * x
"""
CLASS = [
    submission("wrong-constant", double="SCALE = 3\n" + SCALED),
    submission("right-constant", double="SCALE = 2\n" + SCALED),
    submission("square", double="def double(x):\n    return x * x\n"),
    submission("power", double="def double(x):\n    return x**2\n"),
    submission("large-only", double="def double(x):\n    return x * 2 if x.abs().sum() < 20 else x * x\n"),
    submission("ends-early", double=COUNTED),
    submission("stub", double="def double(x):\n    raise NotImplementedError\n"),
    submission("torch-raises", double="def double(x):\n    return torch.nn.Module()(x)\n"),
]


@pytest.fixture(scope="module")
def graders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graders]:
    course = load_course(write_small_course(tmp_path_factory.mktemp("order")))
    with opened(course, ["small"], Options(seed=5)) as opened_graders:
        yield opened_graders


def reports(graders: Graders, students: list[Any], jobs: int) -> dict[str, SubmissionReport]:
    """Grade students in this order; nothing that was found out before is known. Times are left out."""
    graders.suites["small"].memory.shrunk.clear()
    graders.suites["small"].memory.confirmed.clear()
    blank = Report(course="small", seed="5", versions={}, sandbox=Sandbox())
    with ReportSink(blank) as sink:
        drive(graders, [Task(one) for one in students], [sink], Options(jobs=jobs, allow_weak=True))
    return {one.student: _timeless(one) for one in sink.report.submissions}


def _timeless(one: SubmissionReport) -> SubmissionReport:
    exercises = tuple(msgspec.structs.replace(exercise, seconds=0.0) for exercise in one.exercises)
    return msgspec.structs.replace(one, seconds=0.0, exercises=exercises)


def test_any_order_company_and_number_of_jobs_gives_each_the_same_report(graders: Graders) -> None:
    alone = {name: report for one in CLASS for name, report in reports(graders, [one], 1).items()}
    outcomes = {name: report.exercises[0].outcome for name, report in alone.items()}
    assert outcomes["wrong-constant"] == outcomes["square"] == outcomes["large-only"] == "failed"
    assert outcomes["right-constant"] == "passed"
    assert outcomes["stub"] == "missing"
    assert outcomes["torch-raises"] == "raised"
    shuffled = list(CLASS)
    Random(1).shuffle(shuffled)
    for students, jobs in ((CLASS, 3), (CLASS[::-1], 1), (shuffled, 3)):
        assert reports(graders, students, jobs) == alone


def test_what_is_remembered_without_the_whole_submission_would_be_shared(
    graders: Graders, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = [one for one in CLASS if one.student in ("square", "power")]
    reports(graders, pair, 1)
    assert len(graders.suites["small"].memory.shrunk) == 2
    monkeypatch.setattr(Session, "digest", b"the same of all")
    reports(graders, pair, 1)
    assert len(graders.suites["small"].memory.shrunk) == 1
