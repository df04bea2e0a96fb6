"""Zip files: one student's, or a learning platform's download of everybody's, packed or already unpacked."""

from __future__ import annotations

import dataclasses
import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from grader.submissions.collect.archive import Entry, Shelf, zip_members
from grader.submissions.collect.folders import file_member, folder_members
from grader.submissions.collect.names import platform_name
from grader.submissions.collect.records import Caps, Handed, Member, Refusal


def from_zips(source: Path, zone: datetime.tzinfo, caps: Caps, shelf: Shelf) -> Iterator[Handed]:
    """Yield what each student handed in: from one zip file, or from a folder of zips, files and students' folders.

    Names that Moodle and Canvas give are understood, of the files on disk as of those inside a zip; otherwise a zip
    or folder is named like its student. The members read through `shelf`, and only while it is open.
    """
    loose: list[Entry] = []
    alone = source.is_file()
    for entry in [source] if alone else sorted(source.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            yield Handed(entry.name, str(entry), (), problem="a symbolic link")
        elif entry.is_dir():
            members, moment = folder_members(entry)
            yield _one(entry.name, str(entry), members, moment)
        elif platform_name(entry.name):
            moment = datetime.datetime.fromtimestamp(entry.stat().st_mtime, datetime.UTC)
            loose.append((file_member(entry, entry.name), moment))
        elif entry.suffix.lower() == ".zip":
            yield from _zip_file(entry, zone, caps, shelf, alone)
        else:
            yield Handed(entry.stem, str(entry), (), problem="neither a zip nor named as Moodle or Canvas would")
    for handed in _by_student(loose, str(source)):
        yield _unpacked(handed, zone, caps, shelf)


def _zip_file(path: Path, zone: datetime.tzinfo, caps: Caps, shelf: Shelf, alone: bool) -> Iterator[Handed]:
    """Yield one student, or everybody: when the entries are named as a platform names them, or lie in folders.

    Folders are students where the zip file stands `alone`; among others it is named like its student.
    """
    try:
        entries = zip_members(shelf, path, lambda: path.open("rb"), zone)
    except Refusal as refusal:
        yield Handed(path.stem, str(path), (), problem=str(refusal))
        return
    named = [entry for entry in entries if platform_name(_split(entry[0])[0])]
    if len(named) * 2 > len(entries):
        for handed in _by_student(entries, str(path)):
            yield _unpacked(handed, zone, caps, shelf)
    elif alone and len(folders := _by_folder(entries)) > 1:
        for name, found in sorted(folders.items()):
            yield _one(name, f"{path}: {name}", tuple(member for member, _ in found), _newest(found))
    else:
        yield _one(path.stem, str(path), tuple(member for member, _ in entries), _newest(entries))


def _by_folder(entries: list[Entry]) -> dict[str, list[Entry]]:
    """Group entries by their outermost folder, with paths below it; {} unless all lie in folders with answers."""
    groups: dict[str, list[Entry]] = {}
    for member, moment in entries:
        head, below = _split(member)
        if head == "__MACOSX":
            continue
        if not below:
            return {}
        groups.setdefault(head, []).append((dataclasses.replace(member, path=below), moment))
    answered = (any(member.path.endswith((".py", ".ipynb")) for member, _ in found) for found in groups.values())
    return groups if all(answered) else {}


def _one(name: str, origin: str, members: tuple[Member, ...], moment: datetime.datetime | None) -> Handed:
    named = platform_name(name)
    if named is None:
        return Handed(name, origin, members, time=moment)
    return Handed(f"{named.name}_{named.id}", origin, members, time=moment, aliases=(named.name, named.id))


def _by_student(entries: list[Entry], origin: str) -> Iterator[Handed]:
    """Group a platform's download by the students that its names tell; other entries are told once, as refused."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    strangers: list[Entry] = []
    for member, moment in entries:
        head, below = _split(member)
        named = platform_name(head)
        if named is None:
            strangers.append((member, moment))
            continue
        inside = dataclasses.replace(member, path=below or named.file)
        groups.setdefault((named.name, named.id), []).append((inside, moment))
    for (name, number), found in sorted(groups.items()):
        members = tuple(member for member, _ in found)
        where = f"{origin}: {name}_{number}"
        yield Handed(f"{name}_{number}", where, members, time=_newest(found), aliases=(name, number))
    for member, _ in strangers:
        if not member.path.startswith("__MACOSX"):
            yield Handed(member.path, f"{origin}: {member.path}", (), problem="its name tells no student")


def _unpacked(handed: Handed, zone: datetime.tzinfo, caps: Caps, shelf: Shelf) -> Handed:
    """Replace a student's only file by what is in it when it is a zip; zips inside that stay closed."""
    if len(handed.members) != 1 or not handed.members[0].path.lower().endswith(".zip"):
        return handed
    outer = handed.members[0]

    def load() -> IO[bytes]:
        check_ratio(outer, caps)
        return io.BytesIO(outer.read(caps.total_bytes))

    try:
        entries = zip_members(shelf, (handed.origin, outer.path), load, zone)
    except Refusal as refusal:
        return dataclasses.replace(handed, members=(), problem=f"{outer.path}: {refusal}")
    return dataclasses.replace(handed, members=tuple(member for member, _ in entries))


def check_ratio(member: Member, caps: Caps) -> None:
    """Raise `Refusal` when a packed file declares to grow beyond every honest measure."""
    if member.packed is not None and member.size > max(1 << 20, caps.ratio * member.packed):
        raise Refusal(f"unpacks to {member.size} bytes, more than {caps.ratio} times the {member.packed} packed ones")


def _split(member: Member) -> tuple[str, str]:
    """Return the outermost folder of a path, or the file's name, and what lies below it."""
    head, _, below = member.path.replace("\\", "/").partition("/")
    return head, below


def _newest(entries: list[Entry]) -> datetime.datetime | None:
    return max((moment for _, moment in entries if moment is not None), default=None)
