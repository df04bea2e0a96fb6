"""`grader regrade` and `grader history`: nobody's points change unseen, and who changed them is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.commands.cli import run
from grader.judging.driver import Run, Sink, Task
from grader.judging.schedule import Graded, Options
from grader.records.findings import Finding
from grader.records.verdict import decide
from grader.results.report import Sandbox
from tests.commands.unexecuted import judged_by
from tests.courses import write
from tests.small_course import RIGHT, write_small_course

ANSWER = "import torch\n\n\n" + "\n\n".join(RIGHT.values())


class Course:
    """A course with a class, whose answers are judged by what stands in their first line, without running them."""

    def __init__(self, root: Path) -> None:
        self.root = write_small_course(root)
        self.strict = False
        for name, word in (("ada", "fine"), ("bob", "poor"), ("\x1b[31mcho", "fair")):
            write(root / f"class/{name}/small/small.py", f"# {word}\n{ANSWER}")

    def drive(self, graders: object, tasks: Sequence[Task], sinks: Sequence[Sink], options: Options) -> None:
        sinks[0].begin(Run(len(tasks), Sandbox("strong")))
        for place, task in enumerate(tasks):
            word = task.submission.cells[0].split()[1]
            wrong = {"fine": False, "poor": not self.strict, "fair": self.strict}[word]
            finding = Finding(kind="shape", must=True, message="expected shape (), got \x1b[31m(1,)")
            verdicts = [
                decide(name, "failed" if wrong else "passed", 1.0, examples=1, findings=[finding] if wrong else [])
                for name in sorted(task.exercises)
            ]
            sinks[0].add(Graded(task.submission, tuple(verdicts), 0.1), place)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    made = Course(tmp_path / "course")
    judged_by(made.drive, made.root, monkeypatch)
    assert run(["grade", "class", "--json", "results.json"]) == 0
    made.strict = True
    checks = made.root / "assignments/small/checks.py"
    checks.write_text(checks.read_text().replace("submission.double(x)", "submission.double(x + 0)"))
    return made


def points(root: Path) -> dict[str, float]:
    return {one["student"]: one["points"] for one in json.loads((root / "results.json").read_text())["submissions"]}


def test_who_moves_is_shown_and_nothing_is_written(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    before = points(course.root)
    capsys.readouterr()
    assert run(["regrade", "class", "--diff", "--json", "results.json"]) == 0
    assert capsys.readouterr().out == (
        "down  \\x1b[31mcho  small.double  1 -> 0 of 1  (passed -> failed)  "
        "wrong shape: expected shape (), got \\x1b[31m(1,)\n"
        "up    bob  small.double  0 -> 1 of 1  (failed -> passed)\n"
        "\n1 result up, 1 result down\n"
    )
    assert points(course.root) == before
    assert run(["regrade", "class", "--diff"]) == 0
    assert "1 result up, 1 result down" in capsys.readouterr().out


def test_points_are_lowered_only_when_that_is_accepted(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    before = points(course.root)
    assert run(["regrade", "class", "--json", "results.json"]) == 2
    told = capsys.readouterr().err
    assert "1 result would be lowered: nothing was written." in told
    assert "write them with --accept-lower" in told
    assert points(course.root) == before
    assert run(["regrade", "class", "--json", "results.json", "--accept-lower"]) == 0
    assert {name: points(course.root)[name] - before[name] for name in before} == {
        "ada": 0.0,
        "bob": 1.0,
        "\x1b[31mcho": -1.0,
    }
    capsys.readouterr()
    assert run(["regrade", "class", "--diff"]) == 0
    assert capsys.readouterr().out == "Nothing moves.\n"


def test_luck_is_shown_and_lowers_nobody(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """The very same files, graded again by force, fare worse."""
    course.strict = False
    assert run(["regrade", "class", "--accept-lower"]) == 0
    course.strict = True
    capsys.readouterr()
    assert run(["regrade", "class", "--force", "--diff"]) == 0
    assert "5 results up, 5 results down" in capsys.readouterr().out
    assert run(["regrade", "class", "--diff"]) == 0
    assert capsys.readouterr().out == "Nothing moves.\n"
    assert run(["regrade", "class", "--force", "--accept-lower"]) == 0
    capsys.readouterr()
    course.strict = False
    assert run(["grade", "class", "--json", "results.json"]) == 0
    assert points(course.root)["bob"] == 5.0


def test_only_a_fall_needs_to_be_accepted(course: Course) -> None:
    before = points(course.root)
    assert run(["regrade", "class", "--student", "bob", "--json", "results.json"]) == 0
    assert points(course.root) == {**before, "bob": before["bob"] + 1.0}


def test_the_history_tells_who_changed_what(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["regrade", "class", "--student", "bob"]) == 0
    capsys.readouterr()
    assert run(["history", "bob", "--exercise", "small.double"]) == 0
    first, was, second, became = capsys.readouterr().out.splitlines()
    assert "@" in first
    assert "torch" in second
    assert (was.split(), became.split()) == (["small.double", "0/1", "failed"], ["small.double", "1/1", "passed"])
    assert run(["history", "nobody"]) == 2
    assert "holds no result of 'nobody'" in capsys.readouterr().err


def test_without_a_store_there_is_nothing_to_compare_with(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["regrade", "class", "--store", "none"]) == 2
    assert "regrading needs the results store." in capsys.readouterr().err
