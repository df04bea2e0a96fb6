"""A small course that is built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.settings import load_course
from grader.publishing.build import write_examples, write_files
from tests.courses import write
from tests.small_course import write_small_course


@pytest.fixture(scope="session")
def built_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the course `small`, with what is generated and a seed."""
    root = write_small_course(tmp_path_factory.mktemp("built") / "course")
    text = (root / "course.toml").read_text(encoding="utf-8")
    write(root / "course.toml", text + '\n[gradescope]\nvisibility = "after_due_date"\n')
    write(root / "solutions/seed.txt", "the-secret-of-this-term\n")
    course = load_course(root)
    write_files(course, "small")
    write_examples(course, "small")
    return root


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which runs that grade the course alike share what they draw."""
    return tmp_path_factory.mktemp("cache")
