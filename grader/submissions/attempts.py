"""Where a student's earlier attempts lie, in a course where the best of all counts.

The last one lies in `<student>/<assignment>/`, those before it in `<student>/.attempts/<assignment>/<time>/`.
"""

from __future__ import annotations

import dataclasses
import datetime
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.course.settings import Course
from grader.submissions.answers import entries
from grader.submissions.collect.place import existing_time
from grader.submissions.finding import FoundSubmission, in_folder

FOLDER = ".attempts"


def folder_of(student: Path, assignment: str, moment: datetime.datetime) -> Path:
    """Return where an attempt of a student lies that was handed in at a moment.

    >>> folder_of(Path("ada"), "einsum", datetime.datetime(2030, 2, 3, 9, 8, 7, tzinfo=datetime.UTC)).as_posix()
    'ada/.attempts/einsum/2030-02-03T09-08-07Z'
    """
    return student / FOLDER / assignment / f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H-%M-%SZ}"


def set_aside(folder: Path) -> None:
    """Copy a submission's folder to where earlier attempts lie; one without a time cannot be told from others."""
    moment = existing_time(folder)
    if moment is None:
        return
    place = folder_of(folder.parent, folder.name, moment)
    if os.path.lexists(place):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".collect-", dir=place.parent))
    try:
        shutil.copytree(folder, fresh / "copy", symlinks=True)
        (fresh / "copy").rename(place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def with_attempts(found: Sequence[FoundSubmission], course: Course) -> list[FoundSubmission]:
    """Return submissions, before each the earlier attempts at it, the first first."""
    return [attempt for one in found for attempt in (*_attempts(one, course), one)]


def _attempts(found: FoundSubmission, course: Course) -> Iterator[FoundSubmission]:
    if found.folder is None or found.folder.name != found.assignment:
        return
    last = existing_time(found.folder)
    kept = found.folder.parent / FOLDER / found.assignment
    for folder in entries(kept) if kept.is_dir() else ():
        moment = None if folder.name.startswith(".") or folder.is_symlink() else existing_time(folder)
        if moment is not None and moment != last:
            handed_in = f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
            yield dataclasses.replace(in_folder(folder, found.assignment, found.student, course), attempt=handed_in)
