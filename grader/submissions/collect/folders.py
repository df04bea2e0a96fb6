"""Plain folders of files: nothing but regular files is ever opened, and no link is followed."""

from __future__ import annotations

import datetime
import os
import stat
from pathlib import Path

from grader.submissions.collect.records import Member, Refusal

MAX_ENTRIES = 5_000
"""Of one submission's folder, ignored ones included."""


def folder_members(root: Path) -> tuple[tuple[Member, ...], datetime.datetime | None]:
    """Return the files below a folder and the newest time of change; links and devices come with their problem."""
    members: list[Member] = []
    newest = 0.0
    for folder, below, names in os.walk(root, followlinks=False):
        below[:] = sorted(name for name in below if not name.startswith("."))
        links = [name for name in below if (Path(folder) / name).is_symlink()]
        for name in sorted([*names, *links]):
            path = Path(folder) / name
            member = file_member(path, path.relative_to(root).as_posix())
            members.append(member)
            if not member.problem and not name.startswith("."):
                newest = max(newest, path.lstat().st_mtime)
            if len(members) >= MAX_ENTRIES:
                below.clear()
                break
    moment = datetime.datetime.fromtimestamp(newest, datetime.UTC) if newest else None
    return tuple(members), moment


def file_member(path: Path, name: str) -> Member:
    """Return a file on disk as a member named `name`."""
    found = path.lstat()
    problem = ""
    if stat.S_ISLNK(found.st_mode):
        problem = "a symbolic link"
    elif not stat.S_ISREG(found.st_mode):
        problem = "no regular file"
    moment = datetime.datetime.fromtimestamp(found.st_mtime, datetime.UTC)
    return Member(name, found.st_size, lambda limit: read_regular(path, limit), problem=problem, time=moment)


def read_regular(path: Path, limit: int) -> bytes:
    """Read a regular file of at most `limit` bytes; raises `Refusal` for anything else, a link put there since too."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise Refusal(f"cannot be read: {error.strerror}") from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Refusal("no regular file")
        data = file.read(limit + 1)
    if len(data) > limit:
        raise Refusal(f"larger than {limit} bytes")
    return data
