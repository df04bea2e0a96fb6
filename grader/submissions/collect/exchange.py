"""nbgrader's exchange: `<root>/<course>/inbound/<student>+<assignment>+<time>[+<random>]/`."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path

from grader.records.errors import UsageError
from grader.submissions.collect.folders import folder_members, read_regular
from grader.submissions.collect.records import Handed, Refusal
from grader.submissions.collect.times import parse_timestamp


def inbound_folder(source: Path) -> Path | None:
    """Return the inbound folder that `source` is, or holds directly or one level down; None when there is none.

    Raises `UsageError` when several courses lie below it.
    """
    if source.name == "inbound":
        return source
    if (source / "inbound").is_dir():
        return source / "inbound"
    found = sorted(source.glob("*/inbound")) if source.is_dir() else []
    if len(found) > 1:
        courses = ", ".join(folder.parent.name for folder in found)
        raise UsageError(
            f"{source} is an exchange of {len(found)} courses: {courses}.",
            hint=f"Name one of them, such as {found[0].parent}.",
        )
    return found[0] if found else None


def from_exchange(inbound: Path) -> Iterator[Handed]:
    """Yield every submission that lies in an exchange, older ones of the same student too."""
    for folder in sorted(inbound.iterdir()):
        parts = folder.name.split("+")
        if len(parts) < 3 or not folder.is_dir() or folder.is_symlink():
            yield Handed(folder.name, str(folder), (), problem="not named as nbgrader names a submission")
            continue
        # A student's name may hold a plus: the assignment and the time are counted from the right where that fits.
        at = next((place for place in range(len(parts) - 1, 1, -1) if parse_timestamp(parts[place]) is not None), 2)
        student, assignment = "+".join(parts[: at - 1]), parts[at - 1]
        members, _ = folder_members(folder)
        kept = tuple(member for member in members if member.path not in ("timestamp.txt", "submission_secret.txt"))
        moment = _time_from_file(folder) or parse_timestamp(parts[at])
        problem = "" if moment else f"its time of hand-in cannot be read: {parts[at][:60]!r}"
        notes = _owner_note(folder, student)
        yield Handed(student, str(folder), kept, assignment=assignment, time=moment, notes=notes, problem=problem)


def _time_from_file(folder: Path) -> datetime.datetime | None:
    try:
        return parse_timestamp(read_regular(folder / "timestamp.txt", 200).decode("utf-8", "replace"))
    except Refusal:
        return None


def _owner_note(folder: Path, student: str) -> tuple[str, ...]:
    if sys.platform == "win32":
        return ()
    import pwd  # not on Windows

    uid = folder.stat().st_uid
    try:
        owner = pwd.getpwuid(uid).pw_name
    except KeyError:
        owner = f"user {uid}"
    return () if owner == student else (f"handed in as {student}, but the files belong to {owner}",)
