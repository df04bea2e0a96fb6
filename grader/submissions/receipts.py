"""A receipt of a submission: which bytes were packed, when, and what the public checks gave; and how to check one."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec

from grader.records.errors import UsageError
from grader.records.text.clean import clean
from grader.records.text.saying import say

FORMAT = 1
KEY_VARIABLE = "GRADER_RECEIPT_KEY"
"""Where a receipt is made with this secret in the environment, as in a CI that students cannot change, it is signed."""
MAX_BYTES = 64 << 20
"""Of one file of a submission."""
_MOMENT = (2026, 1, 1, 0, 0, 0)
"""Of every packed file: the same answer gives the same zip."""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What was packed. `seal` is a signature where there was a key, else a checksum that finds slips, not fraud."""

    format: int = FORMAT
    course: str
    assignment: str
    time: str
    """UTC, as the machine that packed it had it."""
    hash: str
    """Of all files, their names included; how they are zipped does not matter."""
    files: dict[str, str]
    """SHA-256 by name."""
    points: float | None
    """Of the public checks; None when something was not judged."""
    max_points: float
    grader: str
    signed: bool = False
    seal: str = ""


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a zip with these files; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, _MOMENT)
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def make_receipt(
    course: str,
    assignment: str,
    files: Mapping[str, bytes],
    points: tuple[float | None, float],
    *,
    now: datetime.datetime | None = None,
    key: str | None = None,
) -> Receipt:
    """Return the sealed receipt of a submission; signed where a key is given."""
    from grader import __version__

    moment = (now or datetime.datetime.now(datetime.UTC)).astimezone(datetime.UTC)
    return sealed(
        Receipt(
            course=course,
            assignment=assignment,
            time=f"{moment:%Y-%m-%dT%H:%M:%SZ}",
            hash=digest(files),
            files={name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
            points=points[0],
            max_points=points[1],
            grader=__version__,
        ),
        key,
    )


def digest(files: Mapping[str, bytes]) -> str:
    """Return the hash of a submission.

    >>> digest({"a.py": b"x"}) == digest({"a.py": b"y"})
    False
    """
    whole = hashlib.sha256()
    for name, data in sorted(files.items()):
        whole.update(f"{len(name.encode())} {len(data)} {name}\n".encode() + data)
    return f"sha256:{whole.hexdigest()}"


def sealed(receipt: Receipt, key: str | None) -> Receipt:
    """Return a receipt with the seal that belongs to everything else in it."""
    bare = msgspec.structs.replace(receipt, signed=bool(key), seal="")
    text = msgspec.json.encode(bare, order="sorted")
    seal = hmac.new(key.encode(), text, "sha256").hexdigest() if key else hashlib.sha256(text).hexdigest()
    return msgspec.structs.replace(bare, seal=seal)


def receipt_bytes(receipt: Receipt) -> bytes:
    """Return a receipt as a file."""
    return msgspec.json.format(msgspec.json.encode(receipt), indent=1) + b"\n"


def read_receipt(path: Path) -> Receipt:
    """Read a receipt. Raises `UsageError` when it is none, or of another format."""
    try:
        receipt = msgspec.json.decode(path.read_bytes(), type=Receipt)
    except OSError as error:
        message = say("cannot read {path}: {why}", path=path, why=error.strerror)
        raise UsageError(message, hint=say("Name a receipt of `grader submit`.")) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = say("{path} is no receipt: {why}", path=path, why=clean(str(error), 300))
        raise UsageError(message, hint=say("Name a receipt of `grader submit`.")) from error
    if receipt.format != FORMAT:
        raise UsageError(
            say(
                "{path} is a receipt of format {format}; this version reads format {known}.",
                path=path,
                format=receipt.format,
                known=FORMAT,
            )
        )
    return receipt


def problems(receipt: Receipt, files: Mapping[str, bytes], key: str | None) -> list[str]:
    """Return why a receipt is not that of these files; an empty list accepts it."""
    found = []
    if receipt.signed and key is None:
        found.append(
            say("it is signed, and {variable} is not set: its signature cannot be checked", variable=KEY_VARIABLE)
        )
    elif not hmac.compare_digest(sealed(receipt, key if receipt.signed else None).seal, receipt.seal):
        found.append(say("it was changed after it was made: its seal does not fit"))
    absent = sorted(receipt.files.keys() - files.keys())
    found += [say("{name} is not among what was handed in", name=name) for name in absent]
    shared = sorted(files.keys() & receipt.files.keys())
    changed = [name for name in shared if hashlib.sha256(files[name]).hexdigest() != receipt.files[name]]
    found += [say("{name} is not the file that was packed", name=name) for name in changed]
    if not receipt.files:
        found.append(say("it names no file"))
    packed_files = {name: data for name, data in files.items() if name in receipt.files}
    if not found and digest(packed_files) != receipt.hash:
        found.append(say("its hash is not that of its files"))
    return found


def handed_in(path: Path, names: frozenset[str]) -> dict[str, bytes]:
    """Return the files of these names in a zip, a folder or a file, wherever in it they lie, when there is one each.

    Raises `UsageError` when it cannot be read.
    """
    try:
        if path.is_dir():
            return _unique(_below(path, names))
        data = _limited(path.read_bytes())
        if not zipfile.is_zipfile(path):
            return {path.name: data} if path.name in names else {next(iter(names)): data} if len(names) == 1 else {}
        with zipfile.ZipFile(path) as archive:
            wanted = [one for one in archive.infolist() if PurePosixPath(one.filename).name in names]
            small = [one for one in wanted if one.file_size <= MAX_BYTES and not one.filename.startswith("__MACOSX")]
            return _unique([(PurePosixPath(one.filename).name, archive.read(one)) for one in small])
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        message = say("cannot read {path}: {why}", path=path, why=error)
        raise UsageError(message, hint=say("Name what was handed in: zip, folder or file.")) from error


def _below(folder: Path, names: frozenset[str]) -> list[tuple[str, bytes]]:
    found = []
    for root, _, inside in os.walk(folder, followlinks=False):
        for name in sorted(names & set(inside)):
            path = Path(root) / name
            if path.is_file() and not path.is_symlink():
                found.append((name, _limited(path.read_bytes())))
    return found


def _limited(data: bytes) -> bytes:
    return data[:MAX_BYTES]


def _unique(found: list[tuple[str, bytes]]) -> dict[str, bytes]:
    """Return the files whose names stand for one content only; which of several is meant is not guessed."""
    contents: dict[str, set[bytes]] = {}
    for name, data in found:
        contents.setdefault(name, set()).add(data)
    return {name: data.pop() for name, data in contents.items() if len(data) == 1}
