"""The systems that a course can be released to, and the one function that does it."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol, cast

from grader.course.settings import Course
from grader.publishing.release import require_fresh
from grader.records.errors import UsageError


@dataclasses.dataclass(frozen=True)
class Plan:
    """What to release, and where to."""

    course: Course
    directory: Path
    """The folder to fill; for Gradescope the zip file to write, or a folder for one each."""
    assignments: tuple[str, ...]
    force: bool = False
    allow_weak: bool = False
    """Whether grading there goes on where student code cannot be locked down."""
    language: str = ""
    """The one language of what students get; "" for all of the course's."""
    grading: Path | None = None
    """The checkout of the instructors' private repository that gets the workflow with the hidden checks."""


@dataclasses.dataclass(frozen=True)
class Written:
    """A file or folder that was written, or something to say about it."""

    path: Path
    note: str = ""


class Target(Protocol):
    """A module of this package that releases to one system."""

    def release(self, plan: Plan) -> Iterator[Written]:
        """Write the release. Raises `UsageError` where something lies already, unless forced."""


TARGETS: dict[str, str] = {
    "github": "grader.publishing.targets.github",
    "gitlab": "grader.publishing.targets.gitlab",
    "classroom50": "grader.publishing.targets.classroom50",
    "gradescope": "grader.publishing.targets.gradescope",
    "autolab": "grader.publishing.targets.autolab",
    "prairielearn": "grader.publishing.targets.prairielearn",
}
"""System to the module that releases to it; imported when it is used."""


def release_to(kind: str, plan: Plan) -> Iterator[Written]:
    """Release a course to a system and yield what was written.

    Raises `AuthorError` when something generated is stale, before anything is written.
    """
    for name in plan.assignments:
        require_fresh(plan.course, name)
    module = cast(Target, importlib.import_module(TARGETS[kind]))
    yield from module.release(plan)


def refuse_existing(paths: Sequence[Path], force: bool) -> None:
    """Raise `UsageError` when one of these lies there already, unless that may be replaced."""
    for path in paths:
        if path.exists() and not force:
            raise UsageError(f"{path} is there already.", hint="Write over it with --force.")
