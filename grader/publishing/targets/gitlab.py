"""GitLab: a template project for students whose pipeline shows each exercise as a test."""

from __future__ import annotations

from collections.abc import Iterator

from grader.publishing.targets.bundle import template
from grader.publishing.targets.kinds import Plan, Written
from grader.publishing.targets.repository import VENDOR, students_repository


def release(plan: Plan) -> Iterator[Written]:
    """Write the template project."""
    yield from students_repository(plan, {".gitlab-ci.yml": template("gitlab-ci.yml", vendor=VENDOR)})
