"""Zips among what a student handed in: opened where the answer can only be in them, and not too deep."""

from __future__ import annotations

import dataclasses
import datetime
import io
from collections.abc import Callable
from typing import IO

from grader.submissions.collect.archive import Names, Shelf, zip_members
from grader.submissions.collect.names import is_noise
from grader.submissions.collect.records import Caps, Handed, Member, Refusal
from grader.submissions.naming import is_answer_file

_DEPTH = 2
"""Zips in zips of a student: beyond that they stay closed."""
_ZIPS = 8
"""Zips of a student that are opened."""


def unpacked(handed: Handed, zone: datetime.tzinfo, caps: Caps, shelf: Shelf, names: Names) -> Handed:
    """Replace a student's zips by what is in them, as long as no module or notebook lies outside of them."""
    for _ in range(_DEPTH):
        zips = [one for one in handed.members if _is_zip(one)]
        if handed.problem or not zips or any(_is_answer(one) for one in handed.members):
            break
        handed = _once(handed, zips, zone, caps, shelf, names)
    return handed


def _once(handed: Handed, zips: list[Member], zone: datetime.tzinfo, caps: Caps, shelf: Shelf, names: Names) -> Handed:
    alone = len([one for one in handed.members if not is_noise(one.path)]) == 1
    members: list[Member] = []
    notes = list(handed.notes)
    if len(zips) > _ZIPS:
        notes.append(f"{len(zips)} zip files; {_ZIPS} of them were opened")
    for member in handed.members:
        if member not in zips[:_ZIPS]:
            members.append(member)
            continue
        try:
            inside = zip_members(shelf, object(), _loader(member, caps), zone, names)
        except Refusal as refusal:
            if alone:
                return dataclasses.replace(handed, members=(), problem=f"{member.path}: {refusal}")
            members.append(dataclasses.replace(member, problem=str(refusal)))
            continue
        folder = "" if alone else f"{member.path[: -len('.zip')]}/"
        members += [dataclasses.replace(one, path=f"{folder}{one.path}") for one in inside]
    return dataclasses.replace(handed, members=tuple(members), notes=tuple(notes))


def _loader(member: Member, caps: Caps) -> Callable[[], IO[bytes]]:
    def load() -> IO[bytes]:
        check_ratio(member, caps)
        return io.BytesIO(member.read(caps.total_bytes))

    return load


def check_ratio(member: Member, caps: Caps) -> None:
    """Raise `Refusal` when a packed file declares to grow beyond every honest measure."""
    if member.packed is not None and member.size > max(1 << 20, caps.ratio * member.packed):
        raise Refusal(f"unpacks to {member.size} bytes, more than {caps.ratio} times the {member.packed} packed ones")


def _is_zip(member: Member) -> bool:
    return member.path.lower().endswith(".zip") and not member.problem and not is_noise(member.path)


def _is_answer(member: Member) -> bool:
    return is_answer_file(member.path.replace("\\", "/").rpartition("/")[2]) and not is_noise(member.path)
