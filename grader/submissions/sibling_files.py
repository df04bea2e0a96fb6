"""What lies beside an answer in its own folder: modules and data that it may read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from grader.records.text.saying import say_count
from grader.submissions.reading import Unreadable, read_bytes

MOST_FILES = 100
MOST_BYTES = 4 << 20
"""Of all files together: helpers and small tables, not data sets."""

_OURS = frozenset(
    {
        "checks.py",
        "hidden.py",
        "mistakes.py",
        "alternatives.py",
        "examples.bin",
        "mistakes.bin",
        "course.toml",
        "timestamp.txt",
        "submission_secret.txt",
    }
)
_PASSED_OVER = frozenset({".pyc", ".zip"})
_LARGEST_NOTEBOOK = 256 << 10
"""Bytes of a notebook beside the answer: one of functions that `%run` loads, without many pictures."""


def sibling_files(path: Path, assignment: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the files in the answer's folder by their name in it, and a note where some are left out.

    Only in a folder that is the submission's own, one named like the assignment: elsewhere other students' files may
    lie. Links, hidden files, other versions of the answer and what the course itself put there are no neighbours.
    """
    if path.parent.resolve().name != assignment:
        return {}, ()
    found: dict[str, bytes] = {}
    room, left_out = MOST_BYTES, 0
    for file in _files(path.parent):
        name = file.relative_to(path.parent).as_posix()
        if not _counts(file, path, assignment):
            continue
        try:
            contents = read_bytes(file, room) if len(found) < MOST_FILES else None
        except Unreadable:
            contents = None
        if contents is None:
            left_out += 1
        else:
            found[name] = contents
            room -= len(contents)
    if not left_out:
        return found, ()
    note = say_count(
        "{n} file beside the answer is not at hand: at most {most} files of {size} MB together are",
        "{n} files beside the answer are not at hand: at most {most} files of {size} MB together are",
        left_out,
        most=MOST_FILES,
        size=MOST_BYTES >> 20,
    )
    return found, (note,)


def _files(folder: Path) -> Iterator[Path]:
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            yield Path(directory) / name


def _counts(file: Path, answer: Path, assignment: str) -> bool:
    if re.fullmatch(r"[a-z]{2}\.toml", file.name):  # the course's texts in another language
        return False
    if file == answer or file.is_symlink() or file.name.startswith(".") or file.name in _OURS:
        return False
    kind = file.suffix.lower()
    if kind == ".ipynb" and file.lstat().st_size > _LARGEST_NOTEBOOK:
        return False
    is_version = kind in (".py", ".ipynb") and file.stem.casefold().startswith(assignment.casefold())
    return not is_version and kind not in _PASSED_OVER
