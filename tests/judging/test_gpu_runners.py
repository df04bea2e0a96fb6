"""Grading in runners that use a GPU: with the engine as it is, here without one, and locked down all the same."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course.settings import load_course
from grader.engine.sandbox import Limits, Zygote
from grader.judging import schedule
from grader.judging.schedule import Graders, Options, at_a_time, grade_one, lockdown, open_graders
from grader.records.errors import UsageError
from tests.small_course import submission, write_small_course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="runners are locked down on Linux only")


@pytest.fixture(scope="module")
def graders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graders]:
    def beside(files: list[tuple[str, Path]], options: Options) -> Zygote:
        return Zygote.start(files, gpu=True)

    course = load_course(write_small_course(tmp_path_factory.mktemp("course")))
    options = Options(seed=5, examples=10, shrink_seconds=0.0)
    with contextlib.ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(schedule, "_zygote", beside)
        yield stack.enter_context(open_graders(course, ["small"], options))


ATTACKS = {
    "double": "def double(x):\n    open('/etc/passwd').read()\n    return x + x\n",
    "total": "def total(x):\n    import os\n    os._exit(3)\n",
    "argmax": "import socket\ndef argmax(x):\n    socket.create_connection(('127.0.0.1', 9))\n    return x.argmax()\n",
}


def test_submissions_are_graded_locked_down_without_a_fork(graders: Graders) -> None:
    assert {one.outcome for one in grade_one(graders, submission()).verdicts} == {"passed"}
    if graders.zygote.report().level == "weak":
        pytest.skip("this host gives no sandbox")
    found = {one.exercise.removeprefix("small."): one for one in grade_one(graders, submission(**ATTACKS)).verdicts}
    outcomes = {name: one.outcome for name, one in found.items()}
    passed = dict.fromkeys(("backwards", "root"), "passed")
    assert outcomes == {"double": "raised", "total": "crashed", "argmax": "raised", **passed}
    assert "No such file or directory" in found["double"].findings[0].message
    assert "PermissionError" in found["argmax"].findings[0].message


def test_a_gpu_on_which_cuda_does_not_start_is_told_before_anything_is_graded(
    graders: Graders, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = graders.zygote.report()
    layers = {**report.layers, "gpu": "refused: no CUDA-capable device is detected"}
    told = dataclasses.replace(graders, zygote=Stub(type(report)("good", layers, {}, {}), 0))
    with pytest.raises(UsageError) as caught:
        lockdown(told)
    message = "CUDA does not start in a runner: no CUDA-capable device is detected; nothing was graded"
    assert caught.value.message == message
    assert "nvidia-smi" in (caught.value.hint or "")
    fine = Stub(type(report)("good", {**layers, "gpu": "ok"}, {}, {}), 0)
    assert lockdown(dataclasses.replace(graders, zygote=fine)).layers["gpu"] == "ok"


class Stub:
    """A zygote that has been measured."""

    def __init__(self, report: Any, room: int | None) -> None:
        self._report, self._room = report, room

    def report(self, profile: str = "plain") -> Any:
        return self._report

    def gpu_runners(self, limits: Limits) -> int | None:
        return self._room


@pytest.mark.parametrize(
    ("room", "jobs", "expected"), [(None, 7, 7), (100, 7, 7), (6, 7, 2), (5, 7, 1), (0, 7, 1), (6, 1, 1)]
)
def test_no_more_are_graded_at_a_time_than_a_gpu_has_room_for(
    graders: Graders, room: int | None, jobs: int, expected: int
) -> None:
    assert at_a_time(dataclasses.replace(graders, zygote=Stub(None, room)), jobs) == expected


def test_workers_have_a_runner_more(graders: Graders) -> None:
    suite = graders.suites["small"]
    first = suite.exercises[0]
    more = dataclasses.replace(first, probes=[*first.probes, dataclasses.replace(first.probes[0], profile="workers")])
    suites = {"small": dataclasses.replace(suite, exercises=(more, *suite.exercises[1:]))}
    assert at_a_time(dataclasses.replace(graders, suites=suites, zygote=Stub(None, 12)), 7) == 4
    assert at_a_time(dataclasses.replace(graders, zygote=Stub(None, 12)), 7) == 7
