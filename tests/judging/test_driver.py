"""The one way from submissions to verdicts: every sink hears of everything, in places that do not depend on time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.settings import Course, load_course
from grader.judging import driver
from grader.judging.deep import deepen
from grader.judging.driver import Run, Task, drive, opened
from grader.judging.reporting import ReportSink, empty_report
from grader.judging.schedule import Graded, Graders, Options
from grader.records.errors import UsageError
from grader.records.verdict import decide
from grader.results.report import Sandbox
from tests.small_course import submission, write_small_course


class Heard:
    """A sink that keeps what it hears."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.students: dict[int, str] = {}

    def begin(self, run: Run) -> None:
        assert not self.students
        self.runs.append(run)

    def add(self, graded: Graded, place: int) -> None:
        self.students[place] = graded.submission.student


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return load_course(write_small_course(tmp_path_factory.mktemp("driver")))


@pytest.fixture(scope="module")
def graders(course: Course) -> Iterator[Graders]:
    with opened(course, ["small"], Options(seed=5)) as graders:
        yield graders


def test_every_sink_hears_of_every_submission_in_its_place(course: Course, graders: Graders) -> None:
    tasks = [Task(submission(f"s{number}")) for number in range(5)]
    first, second = Heard(), Heard()
    with ReportSink(empty_report(course, "5")) as report:
        drive(graders, tasks, (first, report, second), Options(jobs=2))
    assert first.students == second.students == {number: f"s{number}" for number in range(5)}
    assert [run.count for run in first.runs] == [5]
    assert [one.student for one in report.report.submissions] == [f"s{number}" for number in range(5)]
    assert report.report.sandbox == first.runs[0].sandbox
    assert report.report.complete


def test_a_task_asks_for_some_exercises(graders: Graders) -> None:
    kept: list[Graded] = []

    class Keep(Heard):
        def add(self, graded: Graded, place: int) -> None:
            kept.append(graded)

    drive(graders, [Task(submission(), frozenset({"small.double"}))], [Keep()], Options(jobs=1))
    assert [verdict.exercise for verdict in kept[0].verdicts] == ["small.double"]


def test_nothing_is_graded_where_students_cannot_be_locked_down(
    graders: Graders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "lockdown", lambda graders: Sandbox("weak"))
    heard = Heard()
    with pytest.raises(UsageError, match="cannot lock student code down"):
        drive(graders, [Task(submission())], [heard], Options())
    assert heard.runs == []
    drive(graders, [Task(submission("ada"))], [heard], Options(allow_weak=True))
    assert heard.students == {0: "ada"}


@pytest.mark.parametrize(
    ("name", "changed", "outcome", "told", "laws"),
    [
        ("double", "", "passed", "", 0),
        (
            "double",
            "def double(x):\n    return 2 * x if x.numel() != 6 else 1 / 0\n",
            "raised",
            "ZeroDivisionError",
            0,
        ),
        ("double", "def double(x):\n    return x.mul_(2)\n", "failed", "the input x was modified", 0),
        ("double", "def double(x):\n    return x\n", "passed", "", 0),  # what only the reference tells
        ("argmax", "", "passed", "", 1),
        ("argmax", "def argmax(x):\n    return 0\n", "failed", "the index points at a maximum", 1),
        ("root", "", "passed", "", 0),
    ],
)
def test_a_search_finds_what_needs_no_reference(
    graders: Graders, name: str, changed: str, outcome: str, told: str, laws: int
) -> None:
    answer = submission(**{name: changed} if changed else {})
    graded = Graded(answer, (decide(f"small.{name}", "passed", 1.0, examples=1),))
    (verdict,) = deepen(graders, graded, 7, 150).verdicts
    assert verdict.outcome == outcome
    assert told in "".join(finding.message for finding in verdict.findings)
    assert verdict.searched is not None
    assert verdict.searched.laws == laws
    if outcome == "passed":
        assert verdict.searched.inputs == (0 if name == "root" else 150), "all of root's few inputs are in the bank"
    else:
        assert verdict.findings[0].counterexample
        assert verdict.findings[0].shrunk


def test_an_error_of_a_sink_ends_the_run_and_leaves_an_incomplete_report(
    course: Course, graders: Graders, tmp_path: Path
) -> None:
    class Full(Heard):
        def add(self, graded: Graded, place: int) -> None:
            raise OSError("no space")

    with pytest.raises(OSError, match="no space"), ReportSink(empty_report(course, "5"), tmp_path / "r.json") as report:
        drive(graders, [Task(submission())], [report, Full()], Options(jobs=1))
    assert not report.report.complete
