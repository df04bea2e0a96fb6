"""The points of course.toml: what the exercises of checks.py add up to, written by `grader build`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.course.loading import load_exercises
from grader.course.settings import FILENAME, Course, load_course
from grader.records.errors import AuthorError, GraderError
from grader.records.writing import replace_file

_ENTRY = re.compile(r"^\s*\[\[\s*assignments\s*\]\]", re.MULTILINE)
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)
_NAME = re.compile(r"""^\s*name\s*=\s*(["'])(?P<name>\w+)\1.*$""", re.MULTILINE)
_POINTS = re.compile(r"^(?P<before>\s*points\s*=\s*)(?P<number>[^\s#]+)", re.MULTILINE)
_DEFAULT = re.compile(r"^# points = \S+", re.MULTILINE)


def wrong_points(course: Course, names: Sequence[str]) -> Iterator[tuple[str, float, float]]:
    """Yield (assignment, what course.toml says, what its exercises add up to) where the two differ."""
    for name in names:
        total = round(sum(exercise.points for exercise in load_exercises(course.root, name)), 6)
        promised = course.assignment(name).points
        if abs(total - promised) > 1e-6:
            yield name, promised, total


def write_points(course: Course, names: Sequence[str]) -> list[str]:
    """Write into course.toml what the exercises of these assignments add up to; return those that were wrong.

    Everything else of the file stays as it is. Raises `AuthorError` when an entry cannot be found as text.
    """
    wrong = list(wrong_points(course, names))
    if not wrong:
        return []
    path = course.root / FILENAME
    before = text = path.read_text(encoding="utf-8")
    for name, _, total in wrong:
        text = with_points(text, name, total)
    replace_file(path, text.encode())
    try:
        written = load_course(course.root)
        if list(wrong_points(written, names)):
            raise AuthorError("they are not where they were looked for")
    except GraderError as error:
        replace_file(path, before.encode())
        raise AuthorError(
            f"{FILENAME}: the points of {wrong[0][0]} cannot be written: {error.message}",
            hint=f"Write points = {wrong[0][2]:g} into its [[assignments]].",
        ) from error
    return [name for name, _, _ in wrong]


def with_points(text: str, name: str, points: float) -> str:
    """Return the text of a course.toml with the points of one assignment, the rest unchanged.

    >>> with_points('[[assignments]]\\nname = "a"\\npoints = 1  # so far', "a", 2.5)
    '[[assignments]]\\nname = "a"\\npoints = 2.5  # so far'
    >>> with_points('[[assignments]]\\nname = "a"', "a", 2)
    '[[assignments]]\\nname = "a"\\npoints = 2'
    """
    for start in (found.end() for found in _ENTRY.finditer(text)):
        following = _TABLE.search(text, start)
        end = following.start() if following else len(text)
        entry = text[start:end]
        named = _NAME.search(entry)
        if named is None or named["name"] != name:
            continue
        if _POINTS.search(entry):
            entry = _POINTS.sub(lambda found: f"{found['before']}{points:g}", entry, count=1)
        elif _DEFAULT.search(entry):
            entry = _DEFAULT.sub(f"points = {points:g}", entry, count=1)
        else:
            entry = f"{entry[: named.end()]}\npoints = {points:g}{entry[named.end() :]}"
        return text[:start] + entry + text[end:]
    return text
