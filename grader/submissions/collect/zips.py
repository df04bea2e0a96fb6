"""Zip files and folders: a learning platform's download of everybody's, packed or unpacked, or one student's."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path

from grader.records.errors import UsageError
from grader.submissions.collect.archive import Names, Shelf, zip_members
from grader.submissions.collect.folders import file_member, folder_members
from grader.submissions.collect.layouts import Reading, arrange, only_zip
from grader.submissions.collect.platforms import platform_name
from grader.submissions.collect.records import Caps, Handed, Member, Refusal
from grader.submissions.collect.unpack import unpacked

_MAX_INNER = 256 << 20
"""Bytes of a download that is packed once more."""


def from_zips(source: Path, reading: Reading, caps: Caps, shelf: Shelf, names: Names) -> Iterator[Handed]:
    """Yield what each student handed in: from one zip file, or from a folder of zips, files and students' folders.

    The members read through `shelf`, and only while it is open. Raises `UsageError` when nothing tells the students.
    """
    for handed in _packed(source, reading, shelf, names):
        yield unpacked(handed, reading.zone, caps, shelf, names)


def _packed(source: Path, reading: Reading, shelf: Shelf, names: Names) -> Iterator[Handed]:
    if source.is_file():
        yield from _zip_file(source, reading, shelf, names)
        return
    entries = [entry for entry in sorted(source.iterdir()) if not entry.name.startswith(".")]
    rest: list[Member] = []
    for entry in entries:
        if entry.is_symlink():
            yield Handed(entry.name, str(entry), (), problem="a symbolic link")
        elif entry.is_dir():
            members, _ = folder_members(entry)
            rest += [dataclasses.replace(member, path=f"{entry.name}/{member.path}") for member in members]
        elif entry.suffix.lower() == ".zip" and not platform_name(entry.name):
            yield from _zip_file(entry, dataclasses.replace(reading, alone=len(entries) == 1), shelf, names)
        else:
            rest.append(file_member(entry, entry.name))
    if any("/" in member.path or platform_name(member.path) for member in rest) or reading.layout is not None:
        yield from arrange(rest, source.resolve().name, str(source), dataclasses.replace(reading, wraps=True))
        return
    beside = len(rest) < len(entries)
    if rest and not beside:
        yield from arrange(rest, source.resolve().name, str(source), reading)
        return
    for member in rest:
        name = Path(member.path).stem
        yield Handed(name, f"{source}/{member.path}", (), problem="neither a zip nor named as a platform would")


def _zip_file(path: Path, reading: Reading, shelf: Shelf, names: Names) -> Iterator[Handed]:
    """Yield one student, or everybody, of a zip file; one that cannot be read is told as its student's."""
    try:
        members = zip_members(shelf, path, lambda: path.open("rb"), reading.zone, names)
    except Refusal as refusal:
        if reading.alone:
            raise UsageError(f"{path}: {refusal}", hint="Download it again.") from refusal
        yield Handed(path.stem, str(path), (), problem=str(refusal))
        return
    inner = only_zip(members) if reading.alone else None
    if inner is not None and reading.is_generic(Path(inner.path).stem):
        yield from _inner(inner, path, reading, shelf, names)
        return
    yield from arrange(members, path.stem, str(path), reading)


def _inner(member: Member, path: Path, reading: Reading, shelf: Shelf, names: Names) -> Iterator[Handed]:
    """Yield the students of the only zip in a zip; it is read into memory, up to what a class may hand in."""

    def load() -> io.BytesIO:
        return io.BytesIO(member.read(_MAX_INNER))

    try:
        members = zip_members(shelf, (str(path), member.path), load, reading.zone, names)
    except Refusal as refusal:
        raise UsageError(f"{path}: {member.path}: {refusal}", hint="Unpack it and collect what is in it.") from refusal
    yield from arrange(members, path.stem, f"{path}: {member.path}", reading)
