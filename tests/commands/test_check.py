"""`grader check`: which of a student's files are looked at; what checking itself needs is in `test_grade.py`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.commands.check import Target, exercises_of, targets
from grader.commands.cli import run
from grader.course.annotated import read_annotated, stub_text
from grader.course.notebooks import notebook_text
from grader.course.settings import Course, load_course
from grader.records.errors import SubmissionError, UsageError
from grader.submissions.finding import FoundSubmission
from tests.courses import write, write_course

ANSWER = "def double(x):\n    return x + x\n"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    root = write_course(tmp_path, "one", "two")
    for name in ("one", "two"):
        annotated = read_annotated(root / "solutions" / name / f"{name}.py")
        write(root / "assignments" / name / f"{name}.py", stub_text(annotated))
        write(root / "assignments" / name / f"{name}.ipynb", notebook_text(annotated, {}))
    return load_course(root)


def test_stubs_are_not_begun(course: Course) -> None:
    with pytest.raises(SubmissionError) as caught:
        targets(course, [])
    assert "every exercise is still the stub" in caught.value.message
    assert "assignments/one/one.ipynb or one.py" in (caught.value.hint or "")


def test_what_is_begun_is_checked_and_nothing_else(course: Course) -> None:
    write(course.root / "assignments/two/two.py", ANSWER)
    assert [target.found.assignment for target in targets(course, [])] == ["two"]


def test_a_file_that_cannot_be_read_is_begun(course: Course) -> None:
    write(course.root / "assignments/two/two.ipynb", "no notebook")
    (target,) = targets(course, [])
    assert target.found.path == course.root / "assignments/two/two.py", "never an unreadable one beside a readable one"
    assert "two.ipynb is not a notebook" in target.found.notes[0]


def test_a_notebook_that_was_only_opened_does_not_hide_the_module(course: Course) -> None:
    module = write(course.root / "assignments/one/one.py", ANSWER)
    os.utime(module, (1, 1))
    (target,) = targets(course, ["one"])
    assert target.found.path == module
    assert target.found.notes == ("graded: one.py, not one.ipynb: it answers 1 exercise, one.ipynb answers none",)


def test_an_exercise_that_is_named_is_checked_though_it_is_a_stub(course: Course) -> None:
    (target,) = targets(course, ["one.double"])
    assert target.exercises == ("one.double",)


def test_a_folder_named_like_a_notebook_is_no_file(course: Course, tmp_path: Path) -> None:
    (tmp_path / "one.ipynb").mkdir()
    with pytest.raises(UsageError, match=r"one\.ipynb is a folder, not a file"):
        targets(course, [str(tmp_path / "one.ipynb")])


def test_no_exercises_means_all() -> None:
    def target(assignment: str, *exercises: str) -> Target:
        return Target(FoundSubmission("you", assignment, None), exercises)

    assert exercises_of([target("a", "a.x"), target("b"), target("a", "a.y")]) == {"a": ("a.x", "a.y"), "b": ()}
    assert exercises_of([target("a", "a.x"), target("a")]) == {"a": ()}
    assert exercises_of([target("a"), target("a", "a.x")]) == {"a": ()}


def test_nothing_begun_is_the_students_exit_code(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(course.root)
    assert run(["check"]) == 1
    assert "nothing to check yet" in capsys.readouterr().err
