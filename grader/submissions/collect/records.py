"""What one student handed in, before and after it was put into place."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from typing import Literal

import msgspec

Status = Literal["collected", "updated", "kept", "earlier", "superseded", "refused"]
"""`kept`: what lies there is as new; `superseded`: the same student handed in something newer; `earlier`: so too, and
it is kept among the attempts."""


@dataclasses.dataclass(frozen=True)
class Caps:
    """What one submission may hold; beyond that all of it is refused."""

    files: int = 200
    file_bytes: int = 20 << 20
    total_bytes: int = 50 << 20
    ratio: int = 200
    """Of unpacked to packed bytes, once more than a MiB is unpacked."""


class Refusal(Exception):
    """Why a file or a whole submission is not taken: a clause that fits after a colon."""


@dataclasses.dataclass(frozen=True)
class Member:
    """One file of a submission as its source names it: the name may be hostile, `read` yields at most what is asked."""

    path: str
    size: int
    """As the source declares it."""
    read: Callable[[int], bytes]
    """`read(limit)`: the file's bytes; raises `Refusal` when there are more than `limit`."""
    packed: int | None = None
    """Bytes in the archive, None outside of one."""
    problem: str = ""
    """Why it must not be read: it is a symbolic link, a device, encrypted."""
    time: datetime.datetime | None = None
    """When the file was changed, as far as its source tells."""
    upload: int = 0
    """The platform's number of the upload: among files of one time the larger is the later."""


@dataclasses.dataclass(frozen=True)
class Handed:
    """What one student handed in, not yet looked into."""

    student: str
    """The raw identity; it becomes a safe folder name."""
    origin: str
    """Where it came from, for the table."""
    members: tuple[Member, ...]
    assignment: str | None = None
    time: datetime.datetime | None = None
    """When it was handed in, with an offset from UTC."""
    aliases: tuple[str, ...] = ()
    """Other identities of the same student: full name, number in the learning platform."""
    notes: tuple[str, ...] = ()
    problem: str = ""
    """Why none of it can be taken."""
    together: tuple[str, ...] = ()
    """Raw identities of all who handed it in together; empty when it is one student's."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table: what became of one submission."""

    student: str
    assignment: str
    status: Status
    origin: str
    time: str = ""
    """As in timestamp.txt, empty when unknown."""
    files: tuple[str, ...] = ()
    """Paths below the submission's folder."""
    refused: tuple[str, ...] = ()
    """`path: reason`; with the status `refused` a line without a path says why all of it was."""
    notes: tuple[str, ...] = ()
