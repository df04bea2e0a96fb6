"""No setting of a course is without effect on how it is graded."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from grader.course.settings import Limits, load_course
from grader.judging.schedule import deadlines_of, limits_of
from tests.courses import write_settings


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Limits)])
def test_every_limit_of_a_course_reaches_the_runners(tmp_path: Path, field: str) -> None:
    course = load_course(write_settings(tmp_path, "a"))
    more = dataclasses.replace(course.limits, **{field: 2 * getattr(course.limits, field)})
    other = dataclasses.replace(course, limits=more)
    assert (deadlines_of(other), limits_of(other)) != (deadlines_of(course), limits_of(course))
