"""The mistakes of an assignment as students get them: each sentence in a box that only making the mistake opens."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from grader.course.settings import Course
from grader.judging.recognising import Sealed
from grader.records.errors import AuthorError
from grader.records.text.saying import say

FORMAT = 1


class SealedMistakes(msgspec.Struct, frozen=True):
    """The contents of `assignments/<a>/mistakes.bin`."""

    format: int
    digest: str
    """Of everything they were made from; another digest means they are stale."""
    examples: str
    """The digest of the public examples that they belong to."""
    mistakes: tuple[Sealed, ...]


_decode = msgspec.msgpack.Decoder(SealedMistakes).decode


def sealed_path(root: Path, assignment: str) -> Path:
    """Return where an assignment's sealed mistakes lie."""
    return root / "assignments" / assignment / "mistakes.bin"


def mistakes_digest(course: Course, assignment: str, examples: str) -> str:
    """Return the digest of what an assignment's sealed mistakes are made from; `examples` is that of the examples'."""
    digest = hashlib.sha256(f"{FORMAT} {examples} {course.languages}".encode())
    folder = course.solution_folder(assignment)
    for path in (folder / "mistakes.py", *sorted(folder.glob("*.toml"))):
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:32]


def encode_sealed(sealed: SealedMistakes) -> bytes:
    """Return the bytes of a `mistakes.bin`."""
    return msgspec.msgpack.encode(sealed)


def read_sealed(root: Path, assignment: str) -> SealedMistakes | None:
    """Read an assignment's sealed mistakes; None where there are none. Raises `AuthorError` when they are damaged."""
    path = sealed_path(root, assignment)
    if not path.is_file():
        return None
    try:
        found = _decode(path.read_bytes())
    except msgspec.MsgspecError as error:
        raise AuthorError(
            say("{file} is damaged: {error}", file=path.relative_to(root), error=error),
            hint="Authors make it with `grader build`; students fetch it again, or delete it: it only explains.",
        ) from error
    return found if found.format == FORMAT else None
