"""A new assignment is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.loading import load_exercises, load_mistakes
from grader.course.settings import Course, load_course
from grader.publishing.build import write_files
from grader.publishing.scaffold import scaffold
from grader.records.errors import AuthorError, UsageError
from tests.courses import SETTINGS, write, write_settings


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return load_course(write_settings(tmp_path, "einsum"))


def test_writes_an_assignment_that_loads_and_builds(course: Course) -> None:
    written = scaffold(course, "attention", 'Say "attention"')
    assert [path.relative_to(course.root).as_posix() for path in written] == [
        "assignments/attention/checks.py",
        "solutions/attention/attention.py",
        "solutions/attention/mistakes.py",
        "assignments/attention/ko.toml",
        "solutions/attention/ko.toml",
        "course.toml",
    ]
    again = load_course(course.root)
    assert again.names == ("einsum", "attention")
    assert again.assignment("attention").title == 'Say "attention"'
    (exercise,) = load_exercises(course.root, "attention")
    assert exercise.points == again.assignment("attention").points
    assert {mistake.exercise for mistake in load_mistakes(course.root, "attention")} == {exercise.id}
    stub, notebook = write_files(again, "attention")
    assert "raise NotImplementedError" in stub.read_text()
    assert "이 과제에서" in notebook.read_text()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("9x", "'9x' cannot name an assignment: it is a folder and a Python module at once."),
        ("a/b", "'a/b' cannot name an assignment: it is a folder and a Python module at once."),
        ("class", "'class' cannot name an assignment: it is a folder and a Python module at once."),
        ("random", "'random' is the name of a library: a student's random.py would be imported in its place."),
        ("torch", "'torch' is the name of a library: a student's torch.py would be imported in its place."),
        ("einsum", "The course has an assignment 'einsum' already."),
    ],
)
def test_names_that_cannot_be(course: Course, name: str, message: str) -> None:
    before = sorted(course.root.rglob("*"))
    with pytest.raises(UsageError) as caught:
        scaffold(course, name, name)
    assert caught.value.message == message
    assert sorted(course.root.rglob("*")) == before


def test_existing_files_are_never_overwritten(course: Course) -> None:
    mine = write(course.root / "solutions/attention/mistakes.py", "mine")
    with pytest.raises(UsageError, match=r"solutions/attention/mistakes\.py exists already\."):
        scaffold(course, "attention", "Attention")
    assert mine.read_text() == "mine"
    assert not (course.root / "assignments").exists()


def test_a_course_file_that_cannot_take_an_entry_stays_as_it_is(tmp_path: Path) -> None:
    text = SETTINGS + 'assignments = [{ name = "einsum", points = 1 }]\n'
    write(tmp_path / "course.toml", text)
    with pytest.raises(AuthorError, match=r"course\.toml cannot take another entry") as caught:
        scaffold(load_course(tmp_path), "attention", "Attention")
    assert caught.value.hint == "Write its assignments as [[assignments]]."
    assert (tmp_path / "course.toml").read_text() == text
    assert not (tmp_path / "solutions").exists()


def test_a_title_is_one_line(course: Course) -> None:
    before = (course.root / "course.toml").read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="must be one line of printable text"):
        scaffold(course, "attention", "two\nlines")
    assert (course.root / "course.toml").read_text(encoding="utf-8") == before
