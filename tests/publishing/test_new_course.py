"""A course in an empty folder: its settings are all there, as the docs have them, and it works; points are written."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from grader.commands.cli import run
from grader.course import settings
from grader.course.settings import load_course
from grader.publishing.new_course import ENTRY, SETTINGS, new_course
from grader.publishing.points import with_points, write_points, wrong_points
from grader.records.errors import AuthorError, UsageError
from tests.courses import REPOSITORY, write, write_course

EXAMPLE = SETTINGS.format(id="statistics", title="Statistics") + ENTRY.format(name="first_steps", title="First steps")
TABLES = {
    "examples": settings.ExampleCounts,
    "limits": settings.Limits,
    "late": settings.LatePolicy,
    "grade": settings.GradePolicy,
    "release": settings.Release,
    "gradescope": settings.Gradescope,
    "assignments": settings.Assignment,
}


def test_every_setting_is_there_with_its_default(tmp_path: Path) -> None:
    for table, kind in TABLES.items():
        part = re.split(rf"^\[+{table}\]+", EXAMPLE, flags=re.MULTILINE)[1].partition("\n[")[0]
        for field in dataclasses.fields(kind):
            assert re.search(rf"^(# )?{field.name} = ", part, re.MULTILINE), field.name
    keys = {field.name for field in dataclasses.fields(settings.Course)} - TABLES.keys() - {"root"}
    top = EXAMPLE.partition("\n[")[0]
    assert keys == set(re.findall(r"^(?:# )?(\w+) = ", top, re.MULTILINE)) - {"format"}
    left_out = ("after", "due", "language", "url", "weight")  # examples of them, without a default of their own
    shown = re.sub(rf"^# (?!(?:{'|'.join(left_out)}) = )(\w+ = )", r"\1", EXAMPLE, flags=re.MULTILINE)
    assert len(re.findall("^# ", shown, re.MULTILINE)) == len(left_out) + 1
    write(tmp_path / "a/course.toml", EXAMPLE)
    write(tmp_path / "b/course.toml", shown.replace("points = 1 ", "points = 0 "))
    plain, filled = load_course(tmp_path / "a"), load_course(tmp_path / "b")
    first = dataclasses.replace(filled.assignments[0], title=plain.assignments[0].title)
    assert dataclasses.replace(filled, root=plain.root, assignments=(first,)) == plain


def test_the_docs_show_the_same() -> None:
    text = (REPOSITORY / "docs/authors/settings.md").read_text(encoding="utf-8")
    assert f"```toml\n{EXAMPLE}```" in text


def test_an_empty_folder_becomes_a_course_that_loads(tmp_path: Path) -> None:
    folder = tmp_path / "3rd-term Statistics"
    written = new_course(folder, "first_steps", "First steps")
    assert [path.relative_to(folder).as_posix() for path in written][:3] == [
        "course.toml",
        ".gitignore",
        "assignments/first_steps/checks.py",
    ]
    course = load_course(folder)
    assert (course.id, course.title, course.names) == (
        "course_3rd_term_statistics",
        "Course 3rd term statistics",
        ("first_steps",),
    )
    assert write_points(course, course.names) == ["first_steps"]
    assert "\npoints = 1            # `grader build` writes" in (folder / "course.toml").read_text()
    assert write_points(load_course(folder), course.names) == []


def test_what_cannot_begin_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "notes.txt", "mine")
    with pytest.raises(UsageError, match="is not empty, and holds no "):
        new_course(tmp_path, "first", "First")
    with pytest.raises(UsageError, match="is no folder"):
        new_course(tmp_path / "notes.txt", "first", "First")
    with pytest.raises(UsageError, match="'class' cannot name an assignment"):
        new_course(tmp_path / "new", "class", "First")
    assert not (tmp_path / "new").exists()
    assert run(["new", "--course", str(write_course(tmp_path / "old", "demo"))]) == 2
    assert "Which assignment?" in capsys.readouterr().err


def test_points_are_written_and_nothing_else_changes(tmp_path: Path) -> None:
    write_course(tmp_path, "first", "second")
    path = tmp_path / "course.toml"
    text = path.read_text()
    changed = text.replace("points = 1", "points = 4   # so far", 1)
    path.write_text(changed)
    course = load_course(tmp_path)
    assert list(wrong_points(course, course.names)) == [("first", 4, 1)]
    assert write_points(course, course.names) == ["first"]
    assert path.read_text() == changed.replace("points = 4   # so far", "points = 1   # so far")
    assert with_points(text, "third", 2) == text
    path.write_text(f'{changed.partition("[[")[0]}assignments = [{{name = "first", points = 3}}]\n')
    with pytest.raises(AuthorError, match="the points of first cannot be written: they are not where") as caught:
        write_points(load_course(tmp_path), ["first"])
    assert caught.value.hint == "Write points = 1 into its [[assignments]]."
    assert "points = 3" in path.read_text()
