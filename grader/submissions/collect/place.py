"""Which files of a submission are kept, under which names, and how they get into their folder: whole or not at all."""

from __future__ import annotations

import contextlib
import datetime
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from grader.submissions.collect.folders import read_regular
from grader.submissions.collect.names import safe_path, without_copy_number
from grader.submissions.collect.records import Caps, Handed, Member, Refusal
from grader.submissions.collect.times import parse_timestamp, write_timestamp
from grader.submissions.collect.zips import check_ratio

TIMESTAMP = "timestamp.txt"
_ANSWERS = (".ipynb", ".py")


class Chosen:
    """The files to keep, by path, and what is said about the others."""

    def __init__(self) -> None:
        self.files: dict[PurePosixPath, Member] = {}
        self.refused: list[str] = []
        self.notes: list[str] = []


def choose(handed: Handed, assignment: str, caps: Caps) -> Chosen:
    """Decide what is kept of a submission, from names and declared sizes alone.

    A single outer folder is dropped, and the only notebook or module gets the assignment's name. Raises `Refusal`
    when all of it is refused: too many files, too many bytes, nothing left.
    """
    if handed.problem:
        raise Refusal(handed.problem)
    chosen = Chosen()
    for member in handed.members:
        _consider(chosen, member, caps)
    if not chosen.files:
        raise Refusal("no file that can be taken" if chosen.refused else "empty")
    if len(chosen.files) > caps.files:
        raise Refusal(f"{len(chosen.files)} files; at most {caps.files} are taken")
    total = sum(member.size for member in chosen.files.values())
    if total > caps.total_bytes:
        raise Refusal(f"{total} bytes in all; at most {caps.total_bytes} are taken")
    _lift(chosen, assignment)
    for suffix in _ANSWERS:
        _rename(chosen, assignment, suffix)
    return chosen


def _consider(chosen: Chosen, member: Member, caps: Caps) -> None:
    try:
        path = safe_path(member.path)
        if path is None:
            return
        if member.problem:
            raise Refusal(member.problem)
        if path.name == TIMESTAMP and len(path.parts) == 1:
            raise Refusal("the name of the time of hand-in")
        if member.size > caps.file_bytes:
            raise Refusal(f"{member.size} bytes; at most {caps.file_bytes} are taken")
        check_ratio(member, caps)
        if any(path == other or _clash(path, other) for other in chosen.files):
            raise Refusal("another file has the same name")
    except Refusal as refusal:
        chosen.refused.append(f"{member.path}: {refusal}")
        return
    chosen.files[path] = member


def _clash(path: PurePosixPath, other: PurePosixPath) -> bool:
    """Say whether two paths are one on some systems, or one is a folder of the other."""
    one, two = path.as_posix().casefold(), other.as_posix().casefold()
    return one == two or one.startswith(f"{two}/") or two.startswith(f"{one}/")


def _lift(chosen: Chosen, assignment: str) -> None:
    """Make the folder that holds the answer the submission's own."""
    wanted = [path for path in chosen.files if path.stem == assignment and path.suffix in _ANSWERS]
    answers = wanted or [path for path in chosen.files if path.suffix in _ANSWERS]
    parents = {path.parent for path in answers}
    if any(path.parent == PurePosixPath() for path in wanted):
        return
    if len(parents) == 1 and (folder := parents.pop()) != PurePosixPath():
        inside = {path: member for path, member in chosen.files.items() if path.is_relative_to(folder)}
        outside = [path for path in chosen.files if path not in inside]
        chosen.notes.append(f"taken from the folder {folder}")
        chosen.refused += [f"{path}: outside of the folder that holds the answer" for path in outside]
        chosen.files = {path.relative_to(folder): member for path, member in inside.items()}


def _rename(chosen: Chosen, assignment: str, suffix: str) -> None:
    """Give the answer the name under which it is graded, when there is no doubt which file it is."""
    target = PurePosixPath(f"{assignment}{suffix}")
    if target in chosen.files:
        return
    here = [path for path in chosen.files if path.suffix.lower() == suffix and len(path.parts) == 1]
    alike = [path for path in here if without_copy_number(path.stem).casefold() == assignment.casefold()]
    answered = any(PurePosixPath(f"{assignment}{other}") in chosen.files for other in _ANSWERS)
    candidates = alike or ([] if answered else here)
    if len(candidates) == 1:
        chosen.notes.append(f"{candidates[0]} renamed to {target}")
        chosen.files[target] = chosen.files.pop(candidates[0])
    elif candidates:
        chosen.notes.append(f"which of {', '.join(map(str, candidates))} is {target}? None was renamed")


def existing_time(folder: Path) -> datetime.datetime | None:
    """Return the time in a submission's timestamp.txt, None when there is none that can be read."""
    try:
        return parse_timestamp(read_regular(folder / TIMESTAMP, 200).decode("utf-8", "replace"))
    except Refusal:
        return None


def write(folder: Path, chosen: Chosen, moment: datetime.datetime | None, caps: Caps) -> None:
    """Read the files, counting every byte, and put them in place of what lies there; a crash leaves the old or the new.

    Raises `Refusal` when a file turns out larger than declared or cannot be read.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".collect-", dir=folder.parent))
    try:
        left = caps.total_bytes
        for path, member in chosen.files.items():
            data = _read(path, member, min(left, caps.file_bytes))
            left -= len(data)
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        if moment is not None:
            (fresh / TIMESTAMP).write_text(write_timestamp(moment), encoding="utf-8")
        fresh.chmod(0o755)
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _read(path: PurePosixPath, member: Member, limit: int) -> bytes:
    try:
        return member.read(limit)
    except Refusal as refusal:
        raise Refusal(f"{path}: {refusal}") from refusal


def _swap(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=".replaced-", dir=folder.parent))
    folder.rename(old / "old")
    try:
        fresh.rename(folder)
    except BaseException:
        with contextlib.suppress(FileExistsError):
            (old / "old").rename(folder)
        raise
    shutil.rmtree(old)


def answer_names(chosen: Chosen, assignment: str) -> Sequence[str]:
    """Return which of the files are graded."""
    return [f"{assignment}{suffix}" for suffix in _ANSWERS if PurePosixPath(f"{assignment}{suffix}") in chosen.files]
