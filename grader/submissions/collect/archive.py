"""One zip archive, opened again whenever it is read: only the latest stays open, however many there are."""

from __future__ import annotations

import dataclasses
import datetime
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from grader.submissions.collect.encodings import encoding_of
from grader.submissions.collect.records import Member, Refusal

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    struct.error,
    ValueError,
)
"""What `zipfile` raises for archives that are damaged, encrypted or packed in ways it does not know."""

_DIRECTORY_BYTES = 16 << 20
"""Of an archive's table of contents: about 200,000 entries, read before anything can be counted."""


class Shelf:
    """Keeps the archive that was opened last. A context manager: leaving it closes that one."""

    def __init__(self) -> None:
        self._key: object = None
        self._file: IO[bytes] | None = None
        self._archive: zipfile.ZipFile | None = None

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open."""
        if self._archive is not None:
            self._archive.close()
        if self._file is not None:
            self._file.close()
        self._key = self._file = self._archive = None

    def open(self, key: object, load: Callable[[], IO[bytes]]) -> zipfile.ZipFile:
        """Return the archive that `load` opens, the open one when it has the same key.

        Raises `Refusal` when it is damaged or its table of contents is too long to be read.
        """
        if self._archive is None or self._key != key:
            file = load()
            self.close()
            self._file = file
            try:
                _check_directory(file)
                self._archive = zipfile.ZipFile(file)
            except BROKEN as error:
                self.close()
                raise Refusal(f"not a zip file that can be read: {error}") from error
            self._key = key
        return self._archive


@dataclasses.dataclass(frozen=True)
class Names:
    """How the names of a zip's entries become text, where the zip does not say it."""

    known: frozenset[str] = frozenset()
    """Names of students, from the roster: an encoding in which they occur is taken."""
    encoding: str | None = None
    """Guessed unless given."""


def zip_members(
    shelf: Shelf, key: object, load: Callable[[], IO[bytes]], zone: datetime.tzinfo, names: Names
) -> list[Member]:
    """Return an archive's files, each with its time; folders are left out. Raises `Refusal` as `Shelf.open` does."""
    entries = [info for info in shelf.open(key, load).infolist() if not info.is_dir()]
    raw = {info.filename: _raw(info) for info in entries}
    unsaid = [name for name in raw.values() if name is not None]
    encoding = names.encoding or encoding_of(unsaid, names.known)
    return [
        dataclasses.replace(
            _member(shelf, key, load, info), path=_text(info, raw[info.filename], encoding), time=_moment(info, zone)
        )
        for info in entries
    ]


def _raw(info: zipfile.ZipInfo) -> bytes | None:
    """Return the bytes of an entry's name when it does not say their encoding, None when it does."""
    if info.flag_bits & 0x800 or _unicode_path(info) is not None:
        return None
    return info.filename.encode("cp437", "replace")


def _text(info: zipfile.ZipInfo, raw: bytes | None, encoding: str) -> str:
    if raw is None:
        return _unicode_path(info) or info.filename
    return raw.decode(encoding, "replace")


def _unicode_path(info: zipfile.ZipInfo) -> str | None:
    """Return the name in the extra field that some packers put beside one in their country's encoding."""
    for kind, body in _extra(info):
        if kind == 0x7075 and len(body) > 5:
            return body[5:].decode("utf-8", "replace")
    return None


def _extra(info: zipfile.ZipInfo) -> Iterator[tuple[int, bytes]]:
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        yield kind, extra[at + 4 : at + 4 + length]
        at += 4 + length


def _check_directory(file: IO[bytes]) -> None:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile("it has no table of contents")
    (directory,) = struct.unpack_from("<I", tail, at + 12)
    if directory > _DIRECTORY_BYTES:
        raise zipfile.BadZipFile(f"its table of contents takes {directory} bytes; at most {_DIRECTORY_BYTES} are read")


def _member(shelf: Shelf, key: object, load: Callable[[], IO[bytes]], info: zipfile.ZipInfo) -> Member:
    mode = info.external_attr >> 16
    problem = ""
    if stat.S_ISLNK(mode):
        problem = "a symbolic link"
    elif stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        problem = "no regular file"
    elif info.flag_bits & 1:
        problem = "encrypted"

    def read(limit: int) -> bytes:
        try:
            with shelf.open(key, load).open(info) as file:
                data = file.read(limit + 1)
        except BROKEN as error:
            raise Refusal(f"cannot be unpacked: {error}") from error
        if len(data) > limit:
            raise Refusal(f"larger than {limit} bytes")
        return data

    return Member(info.filename, info.file_size, read, info.compress_size, problem)


def _moment(info: zipfile.ZipInfo, zone: datetime.tzinfo) -> datetime.datetime | None:
    """Return an entry's time: the UTC one of the extended field where there is one, else the local one in `zone`."""
    for kind, body in _extra(info):
        if kind == 0x5455 and len(body) >= 5 and body[0] & 1:
            (seconds,) = struct.unpack_from("<i", body, 1)
            return datetime.datetime.fromtimestamp(seconds, datetime.UTC) if seconds > 0 else None
    if info.date_time[0] <= 1980:
        return None
    try:
        return datetime.datetime(*info.date_time, tzinfo=zone)
    except ValueError:
        return None
