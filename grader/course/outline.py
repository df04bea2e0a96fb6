"""The exercises of an assignment in outline: known without importing its checks, and torch with them, a second time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from grader import __version__
from grader.authoring.exercises import Exercise
from grader.course.loading import load_exercises
from grader.course.settings import Course

_FORM = b"with parts"
"""Of what is kept: another one is made anew."""


class ExerciseOutline(msgspec.Struct, frozen=True):
    """What an exercise is called and worth."""

    id: str
    points: float
    names: tuple[str, ...]
    """What a submission must define."""
    hints: int = 0
    """How many hints there are."""
    title: str = ""
    parts: tuple[tuple[str, float], ...] = ()
    """Names and points of the parts that have points of their own; empty where it is all or nothing."""


class _Kept(msgspec.Struct):
    digest: str
    exercises: tuple[ExerciseOutline, ...]


def outline(course: Course, name: str, cache: Path) -> Sequence[ExerciseOutline]:
    """Return the exercises of an assignment, in order; kept in the folder `cache` until its checks.py changes.

    Raises `AuthorError` when the checks cannot be loaded.
    """
    checks = course.assignment_folder(name) / "checks.py"
    digest = hashlib.sha256(
        _FORM + __version__.encode() + (checks.read_bytes() if checks.is_file() else b"")
    ).hexdigest()
    path = cache / "outline" / f"{name}.json"
    kept = _read(path)
    if kept is not None and kept.digest == digest:
        return kept.exercises
    found = tuple(
        ExerciseOutline(one.id, one.points, one.names, len(one.hints), one.title, _parts(one))
        for one in load_exercises(course.root, name, False)
    )
    _keep(path, _Kept(digest, found))
    return found


def _parts(exercise: Exercise) -> tuple[tuple[str, float], ...]:
    return tuple((name, points) for name, (points, _) in exercise.parts().items())


def _read(path: Path) -> _Kept | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Kept)
    except (OSError, msgspec.DecodeError):
        return None  # not there yet, or of another version: it is made anew


def _keep(path: Path, kept: _Kept) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(msgspec.json.encode(kept))
    except OSError:
        return  # where nothing can be written the outline is made anew each time: slower, and no less right
