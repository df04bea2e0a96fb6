"""Grading exercise by exercise: what was judged is published before the next begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.settings import Course, load_course
from grader.integrations.autograders.grading import Job, grade_one_by_one
from grader.integrations.autograders.submission import handed_in
from grader.publishing.build import write_examples, write_files
from tests.courses import write, write_course
from tests.small_course import RIGHT, write_small_course


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = load_course(write_small_course(tmp_path_factory.mktemp("course")))
    write_files(course, "small")
    write_examples(course, "small")
    return course


def test_points_are_kept_exercise_by_exercise(course: Course, tmp_path: Path) -> None:
    write(tmp_path / "small.py", "import torch\n\n\n" + "\n\n".join(RIGHT.values()))
    seen: list[tuple[float, int, int]] = []
    job = Job(course, "small", tmp_path, "ada")
    sheet = grade_one_by_one(
        job,
        lambda so_far, count, seconds: seen.append(
            (so_far.entries[0].judged_points, len(so_far.entries[0].scores), count)
        ),
    )
    assert seen == [(2, 1, 5), (3, 2, 5), (4, 3, 5), (5, 4, 5), (6, 5, 5)]
    assert (sheet.entries[0].points, sheet.entries[0].max_points) == (6, 6)


@pytest.mark.parametrize(
    ("files", "taken", "told"),
    [
        (["one.py"], "one.py", None),
        (["a/b/one.ipynb", "__MACOSX/a/b/._one.ipynb"], "one.ipynb", None),
        (["assignments/one/one.py", "course.toml"], "one.py", None),
        (["one (1).py"], "one.py", None),
        (["notes.txt"], None, "there is no one.py or one.ipynb"),
        ([], None, "what was handed in cannot be taken: empty; hand in one.py or one.ipynb"),
    ],
)
def test_what_was_handed_in_is_found(tmp_path: Path, files: list[str], taken: str | None, told: str | None) -> None:
    course = load_course(write_course(tmp_path / "course", "one"))
    folder = tmp_path / "submission"
    folder.mkdir()
    for name in files:
        write(folder / name, "x = 1\n")
    found = handed_in(course, "one", folder, "ada", tmp_path / "scratch")
    assert (found.path.name if found.path else None) == taken
    if told is not None:
        assert told in (found.problem or "")
