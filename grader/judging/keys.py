"""The key of a verdict: the digest of everything that it can depend on."""

from __future__ import annotations

import ast
import dataclasses
import functools
import hashlib
import platform
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import grader
from grader import __version__
from grader.authoring.exercises import Exercise
from grader.course.loading import load_exercises
from grader.course.settings import Course
from grader.course.slices import part_for
from grader.course.translations import read_table
from grader.judging.examples.cache import own_file
from grader.judging.schedule import Options, checks_files, number, reference_code
from grader.submissions.finding import Submission

FORMAT = 1
"""To be raised when keys come to be made otherwise."""

_LIBRARIES = ("torch", "torchvision", "numpy", "pillow", "hypothesis", "msgspec")
_DECIDING = ("authoring", "course", "engine", "judging", "records")
"""Our own packages whose code can change a verdict."""


class Keys:
    """Makes keys for one course, graded with the same options; what all submissions share is read once."""

    def __init__(self, course: Course, options: Options) -> None:
        self._course, self._options = course, options
        self._exercises: dict[str, tuple[Exercise, ...]] = {}
        self._shared: dict[str, bytes] = {}
        self._modules: dict[str, list[Path]] = {}

    def exercises(self, assignment: str) -> tuple[Exercise, ...]:
        """Return the exercises of an assignment that are graded, in the course's order. Raises `AuthorError`."""
        if assignment not in self._exercises:
            found = load_exercises(self._course.root, assignment, self._options.hidden)
            wanted = self._options.exercises
            self._exercises[assignment] = tuple(one for one in found if not wanted or one.id in wanted)
        return self._exercises[assignment]

    def of(self, submission: Submission) -> dict[str, str]:
        """Return the keys of a submission's verdicts by the exercise's id. Raises `AuthorError`."""
        own = _digest(
            submission.source,
            submission.cells,
            submission.problem,
            submission.is_notebook,
            sorted(submission.files.items()),
            [dataclasses.astuple(one) for one in submission.unread],
        )
        return {
            one.id: hashlib.sha256(self._of_exercise(submission.assignment, one) + own).hexdigest()
            for one in self.exercises(submission.assignment)
        }

    def shared(self, assignment: str) -> dict[str, str]:
        """Return, for each exercise of an assignment, the digest of all that is the same for every submission."""
        return {one.id: self._of_exercise(assignment, one).hex() for one in self.exercises(assignment)}

    def _of_exercise(self, assignment: str, exercise: Exercise) -> bytes:
        if exercise.id not in self._shared:
            options, course = self._options, self._course
            seed = number(course.seed()) if options.seed is None else options.seed
            self._shared[exercise.id] = _digest(
                sorted(surroundings().items()),
                exercise.id,
                seed,
                options.examples or course.examples.graded,
                options.devices,
                options.shrink_seconds,
                options.language,
                dataclasses.astuple(course.limits),
                reference_code(course.root, assignment).cells,
                self._files(assignment, exercise),
            )
        return self._shared[exercise.id]

    def _beside(self, assignment: str, paths: list[Path]) -> list[Path]:
        if assignment not in self._modules:
            self._modules[assignment] = sorted(_own_files(paths))
        return self._modules[assignment]

    def _files(self, assignment: str, exercise: Exercise) -> list[Any]:
        """Return what the author's files say of an exercise: their parts, and the modules of the author's own."""
        root = self._course.root
        paths = [path for _, path in checks_files(root, assignment, self._options.hidden)]
        mistakes = root / "solutions" / assignment / "mistakes.py"
        if mistakes.is_file():
            paths.append(mistakes)
        folders = [path.parent for path in paths]
        texts = [sorted(read_table(folder, self._options.language).items()) for folder in dict.fromkeys(folders)]
        beside = self._beside(assignment, paths)
        parts = [part_for(path.read_text(encoding="utf-8"), exercise.name) for path in paths]
        return [parts, texts, [path.read_bytes() for path in beside]]


def surroundings() -> dict[str, str]:
    """Return what grades: versions of what computes, our own code, and the kind of machine.

    How well submissions are locked down is kept beside each result.
    """
    machine = {"system": platform.system(), "machine": platform.machine()}
    return {"format of keys": str(FORMAT), **_versions(), **machine}


@functools.cache
def _versions() -> dict[str, str]:
    digest = hashlib.sha256()
    for package in _DECIDING:
        folder = Path(grader.__file__).parent / package
        for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.mo")]):
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    libraries = {name: metadata.version(name) for name in _LIBRARIES}
    return {"grader": __version__, "code of grader": digest.hexdigest()[:16], "python": sys.version, **libraries}


def _own_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the author's own files that these import, and what those import: all of it is loaded already."""
    seen: set[Path] = set()
    waiting = [(path, "") for path in paths]
    while waiting:
        path, package = waiting.pop()
        for name in _imported(path, package):
            module = sys.modules.get(name)
            found = None if module is None else own_file(module)
            if module is not None and found is not None and found.resolve() not in seen:
                seen.add(found.resolve())
                waiting.append((found, module.__package__ or ""))
                yield found.resolve()


def _imported(path: Path, package: str) -> Iterator[str]:
    """Yield the names of all modules that a file may import, wherever in it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                parts = alias.name.split(".")
                yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _digest(*parts: Any) -> bytes:
    return hashlib.sha256(repr(parts).encode()).digest()  # escapes the lone surrogates that a notebook may hold
