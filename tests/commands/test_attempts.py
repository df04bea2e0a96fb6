"""A course where the best of several attempts counts: from the exchange to the grade, and what is told on the way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from grader.commands.cli import run
from grader.judging import incremental
from grader.judging.driver import Run, Sink, Task
from grader.judging.schedule import Graded, Options
from grader.records.verdict import decide
from grader.results.report import Sandbox
from tests.commands.unexecuted import judged_by
from tests.courses import write
from tests.small_course import RIGHT, write_small_course
from tests.submissions.collect.packing import hand_in

ANSWER = "import torch\n\n\n" + "\n\n".join(RIGHT.values())
EARLY, MIDDLE, LATE = "2030-01-10 10:00:00 UTC", "2030-01-11 10:00:00 UTC", "2030-01-12 10:00:00 UTC"
SETTINGS = """
[late]
percent_per_day = 10
[grade]
counts = "best"
"""


class Course:
    """A course whose answers fail as many exercises as the number in their first line says, without being run."""

    def __init__(self, root: Path) -> None:
        self.root = write_small_course(root)
        self.strict = 0
        self.driven: list[int] = []
        settings = self.root / "course.toml"
        text = settings.read_text().replace("[[assignments]]", f"{SETTINGS}\n[[assignments]]", 1)
        settings.write_text(text.replace('name = "small"', 'name = "small"\ndue = 2030-01-10T12:00:00Z', 1))

    def hand_in(self, student: str, when: str, wrong: int) -> None:
        answer = f"# {wrong}\n{ANSWER}".encode()
        hand_in(self.root / "exchange/c/inbound", f"{student}+small+{when}", {"small.py": answer}, when)

    def drive(self, graders: object, tasks: Sequence[Task], sinks: Sequence[Sink], options: Options) -> None:
        self.driven.append(len(tasks))
        sinks[0].begin(Run(len(tasks), Sandbox("strong")))
        for place, task in reversed(list(enumerate(tasks))):  # the last attempt may be ready before the others
            wrong = int(task.submission.cells[0].split()[1]) + self.strict
            verdicts = [
                decide(name, "failed" if number < wrong else "passed", 1.0, examples=1)
                for number, name in enumerate(sorted(task.exercises))
            ]
            sinks[0].add(Graded(task.submission, tuple(verdicts), 0.1), place)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    made = Course(tmp_path / "course")
    judged_by(made.drive, made.root, monkeypatch)
    monkeypatch.setenv("COLUMNS", "200")
    made.hand_in("ada", LATE, 0)
    made.hand_in("ada", EARLY, 1)
    made.hand_in("ada", MIDDLE, 3)
    made.hand_in("bob", EARLY, 2)
    return made


def collected(course: Course) -> None:
    assert run(["collect", "exchange/c", "small"]) == 0


def graded(course: Course, *more: str) -> dict[str, Any]:
    assert run(["grade", "submitted", "--json", "results.json", *more]) == 0
    return {one["student"]: one for one in json.loads((course.root / "results.json").read_text())["submissions"]}


def test_earlier_attempts_are_kept_beside_the_last(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    collected(course)
    assert "2 put into submitted, 2 earlier attempts beside them, 0 refused, 0 left" in capsys.readouterr().out
    kept = course.root / "submitted/ada/.attempts/small"
    assert sorted(path.name for path in kept.iterdir()) == ["2030-01-10T10-00-00Z", "2030-01-11T10-00-00Z"]
    assert (course.root / "submitted/ada/small/small.py").read_text().startswith("# 0")
    collected(course)
    assert len(list(kept.iterdir())) == 2


def test_what_a_later_download_replaces_is_kept_whatever_their_order(course: Course) -> None:
    inbound = course.root / "exchange/c/inbound"
    for when, first in ((MIDDLE, "# 3"), (LATE, "# 0"), (EARLY, "# 0")):
        for one in inbound.iterdir():
            one.rename(course.root / one.name)
        next(course.root.glob(f"ada+small+{when}")).rename(inbound / f"ada+small+{when}")
        collected(course)
        assert (course.root / "submitted/ada/small/small.py").read_text().startswith(first)
        next(inbound.iterdir()).rename(course.root / f"ada+small+{when}")
    kept = course.root / "submitted/ada/.attempts/small"
    assert {path.name: (path / "small.py").read_text()[:3] for path in kept.iterdir()} == {
        "2030-01-10T10-00-00Z": "# 1",
        "2030-01-11T10-00-00Z": "# 3",
    }


def test_the_best_after_lateness_makes_the_grade(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    collected(course)
    found = graded(course)
    assert found["ada"]["points"] == 5.0
    assert found["ada"]["attempts"] == [
        {"handed_in": "2030-01-10T10:00:00Z", "points": 4.0, "max_points": 5.0},
        {"handed_in": "2030-01-11T10:00:00Z", "points": 2.0, "max_points": 5.0},
    ]
    assert "attempts" not in found["bob"]
    capsys.readouterr()
    assert run(["total", "results.json", "--submissions", "submitted"]) == 0
    told = capsys.readouterr().out
    # All right, but two days late, is 4 of 5; so is the one in time: the last of equals counts.
    assert "small  4/6  (the best of 3 attempts counts: the last; 2 days late: -20%)" in told
    assert "bob: 50%" in told


def test_students_are_told_of_their_attempts(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    collected(course)
    graded(course)
    told = (
        "Earlier attempts: 4/5 (2030-01-10T10:00:00Z), 2/5 (2030-01-11T10:00:00Z). "
        "The best of all counts, after what handing in late costs."
    )
    capsys.readouterr()
    assert (
        run(["report", "results.json", "--html", "pages", "--feedback", "feedback", "--submissions", "submitted"]) == 0
    )
    assert told in (course.root / "pages/students/ada.html").read_text()
    assert "# 0" in (course.root / "pages/students/ada.html").read_text()  # the code is that of the last one
    assert "Earlier attempts" not in (course.root / "pages/students/bob.html").read_text()
    assert "Earlier attempts: 4/5" in (course.root / "feedback/ada.md").read_text()
    assert run(["grade", "submitted/ada"]) == 0
    assert told in " ".join(capsys.readouterr().out.split())


def test_nothing_is_graded_twice_and_a_part_is_put_together_with_the_rest(course: Course) -> None:
    collected(course)
    whole = graded(course)
    assert graded(course) == whole
    assert course.driven == [4]
    assert graded(course, "--student", "ada") == whole
    assert graded(course, "--failed")["ada"] == whole["ada"]
    course.hand_in("bob", LATE, 4)
    collected(course)
    found = graded(course, "--changed")
    assert course.driven == [4, 1]
    assert found["ada"] == whole["ada"]
    assert (found["bob"]["points"], [one["points"] for one in found["bob"]["attempts"]]) == (1.0, [3.0])


def test_attempts_are_in_the_history_and_are_not_lowered_unseen(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    collected(course)
    graded(course)
    capsys.readouterr()
    assert run(["history", "ada"]) == 0
    assert capsys.readouterr().out.count("(attempt of 2030-01-11T10:00:00Z)") == 5
    course.strict = 1
    checks = course.root / "assignments/small/checks.py"
    checks.write_text(checks.read_text().replace("submission.double(x)", "submission.double(x + 0)"))
    assert run(["regrade", "submitted", "--json", "results.json"]) == 2
    told = capsys.readouterr()
    assert "down  ada (attempt of 2030-01-10T10:00:00Z)  small.double  1 -> 0 of 1" in told.out
    assert "3 results would be lowered: nothing was written" in told.err


def test_what_of_an_attempt_could_not_be_judged_is_told(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def drive(graders: object, tasks: Sequence[Task], sinks: Sequence[Sink], options: Options) -> None:
        sinks[0].begin(Run(len(tasks), Sandbox("strong")))
        for place, task in enumerate(tasks):
            outcome = "not_judged" if task.submission.attempt else "passed"
            verdicts = [decide(name, outcome, 1.0, examples=1) for name in sorted(task.exercises)]  # type: ignore[arg-type] # an outcome
            sinks[0].add(Graded(task.submission, tuple(verdicts), 0.1), place)

    collected(course)
    monkeypatch.setattr(incremental, "drive", drive)
    assert run(["grade", "submitted", "--json", "results.json"]) == 3
    assert "ada (attempt of 2030-01-10T10:00:00Z)" in capsys.readouterr().err
    assert json.loads((course.root / "results.json").read_text())["complete"] is False


def test_where_the_last_counts_no_attempt_is_kept_or_read(course: Course) -> None:
    collected(course)
    settings = course.root / "course.toml"
    write(settings, settings.read_text().replace('counts = "best"', ""))
    assert "attempts" not in graded(course)["ada"]
    assert course.driven == [2]
    course.hand_in("bob", LATE, 0)
    collected(course)
    assert not (course.root / "submitted/bob/.attempts").exists()
