"""Finds in a folder the file that is somebody's answer to an assignment, by the one rule of `choosing`."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import NamedTuple

from grader.course.settings import Course
from grader.records.errors import AuthorError, UsageError
from grader.records.text.saying import say
from grader.submissions.choosing import Candidate, Wanted, choose
from grader.submissions.naming import is_answer_file, is_copy, is_named_like
from grader.submissions.reading import Unreadable, read_cells

_COURSE_FILES = frozenset({"checks.py", "hidden.py", "mistakes.py", "alternatives.py", "conftest.py", "setup.py"})
"""What may lie beside an answer in the course's own folders, and defines names of exercises."""


class Answer(NamedTuple):
    """The file of an answer, with what is to be said about the choice; or why there is none."""

    path: Path | None
    notes: tuple[str, ...] = ()
    problem: str | None = None


def answer_in(folder: Path, assignment: str, course: Course | None = None, wanted: Wanted | None = None) -> Answer:
    """Choose the file in a folder that answers an assignment; what it must define is the course's to say.

    A file of another name is taken when it answers something and none that is named like the assignment does.
    Raises `UsageError` when the folder cannot be read.
    """
    files = answer_files(folder, assignment)
    others = [path for path in entries(folder) if path not in files and _may_answer(path)]
    if len(files) + len(others) > 1 or others:
        wanted = wanted or (wanted_of(course, assignment) if course is not None else None)
    chosen, note, count = _best(files, assignment, wanted)
    if count <= 0 and others and wanted is not None and (course is None or folder.resolve() != course.root.resolve()):
        alike = [path for path in others if is_named_like(as_text(path.name), assignment)]
        for further, least in ((alike, 0), (others, 0), (alike, count)):
            more, better_note, answers = _best([*files, *further], assignment, wanted)
            if more not in files and answers > least:
                chosen, note = more, better_note
                break
    if chosen is None:
        return Answer(None, (), _nothing_found(folder, assignment))
    notes = [note] if note else []
    if chosen.stem != assignment or chosen.suffix not in (".py", ".ipynb"):
        file_name = as_text(chosen.name)
        name = f"{assignment}{chosen.suffix.lower()}"
        notes.insert(0, say("{file} is read as {name}: use that name", file=file_name, name=name))
    return Answer(chosen, tuple(notes))


def answer_files(folder: Path, assignment: str) -> list[Path]:
    """Return the files of a folder that are named like an assignment: its own name, copies, other cases of letters.

    The exact name wins over the same in other letters: where a folder is copied to, both may be one file.
    """
    named = [
        path
        for path in entries(folder)
        if is_named_like(as_text(path.name), assignment) and path.name not in _COURSE_FILES
    ]
    exact = {f"{assignment}{suffix}" for suffix in (".py", ".ipynb")} & {path.name for path in named}
    folded = {name.casefold() for name in exact}
    return [path for path in named if path.name in exact or path.name.casefold() not in folded]


def copies_in(folder: Path, assignment: str) -> list[Path]:
    """Return those files alone whose name is the assignment's but for its case and the number of a copy."""
    return [path for path in entries(folder) if is_copy(as_text(path.name), assignment)]


def wanted_of(course: Course, assignment: str) -> Wanted | None:
    """Return what an assignment's exercises must define; None where the course's checks cannot be read here."""
    try:
        return _wanted(course.root, assignment)
    except (AuthorError, UsageError):
        return None  # what is wrong with the checks is told when they are needed: for grading


@functools.lru_cache(maxsize=64)
def _wanted(root: Path, assignment: str) -> Wanted:
    from grader.course.loading import load_exercises  # the checks load torch, and most folders hold one file

    return tuple(frozenset(exercise.names) for exercise in load_exercises(root, assignment))


def entries(folder: Path) -> list[Path]:
    """Return what lies in a folder, by name; raises `UsageError` when it cannot be read."""
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise UsageError(say("{path} cannot be read: {why}.", path=folder, why=error.strerror)) from error


def as_text(name: str) -> str:
    """Return a file name as text that every report can hold, whatever bytes it has."""
    return os.fsencode(name).decode("utf-8", "replace")


def _best(files: list[Path], assignment: str, wanted: Wanted | None) -> tuple[Path | None, str, int]:
    """Return the chosen file, the note on it and how much it answers; a single one is not read."""
    if not files:
        return None, "", 0
    if len(files) == 1 and wanted is None:
        return files[0], "", 1
    choice = choose([_candidate(path) for path in files], assignment, wanted)
    return files[choice.place], choice.note, choice.answers[choice.place]


def _candidate(path: Path) -> Candidate:
    name, moment = as_text(path.name), path.lstat().st_mtime
    try:
        return Candidate(name, read_cells(path).cells, time=moment)
    except Unreadable as problem:
        return Candidate(name, (), str(problem), moment)


def _may_answer(path: Path) -> bool:
    return is_answer_file(as_text(path.name)) and path.name not in _COURSE_FILES and not path.is_symlink()


def _nothing_found(folder: Path, assignment: str) -> str:
    expected = say("{name}.py or {name}.ipynb", name=assignment)
    others = [as_text(entry.name) for entry in entries(folder) if is_answer_file(as_text(entry.name))]
    if others:
        return say(
            "there is no {expected}, only {others}: rename your file", expected=expected, others=", ".join(others[:5])
        )
    return say("there is no {expected} in the folder", expected=expected)
