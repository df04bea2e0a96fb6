"""What the proofs take and give."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import msgspec

from grader.course.settings import Course
from grader.judging.schedule import Graders


class Item(msgspec.Struct, frozen=True):
    """One thing that a proof looked at."""

    proof: str
    subject: str
    """An exercise's id, an assignment, a file."""
    ok: bool
    message: str
    hint: str = ""


@dataclasses.dataclass(frozen=True)
class Patient:
    """A course with the suites of the assignments that are examined."""

    course: Course
    assignments: tuple[str, ...]
    graders: Graders


Proof = Callable[[Patient], Iterator[Item]]
