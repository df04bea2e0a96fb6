"""Names that others chose, made safe: students, files, and what learning platforms call their downloads."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from grader.submissions.collect.records import Refusal

MAX_BYTES = 100
"""Of one part of a path: below every file system's limit, and below nbgrader's 128 characters of a student."""

_IGNORED = frozenset({"__macosx", "__pycache__", "node_modules", "site-packages", "venv", "thumbs.db", "desktop.ini"})
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_student(raw: str) -> str:
    """Return a folder name for a student: letters, digits, `.`, `_`, `-` and `@`; raises `Refusal` when none is left.

    >>> safe_student("Jane Doe"), safe_student("../../etc")
    ('Jane_Doe', 'etc')
    """
    text = unicodedata.normalize("NFC", raw)
    kept = "".join(character if character.isalnum() or character in "._-@" else "_" for character in text)
    kept = re.sub(r"_+", "_", kept).strip("._-@")
    kept = kept.encode("utf-8")[:MAX_BYTES].decode("utf-8", "ignore")
    if not kept or _RESERVED.fullmatch(kept):
        raise Refusal(f"{raw[:60]!r} cannot name a student's folder")
    return kept


def is_noise(raw: str) -> bool:
    """Say whether a path is what systems and tools leave behind: hidden files, caches, checkpoints.

    >>> is_noise("__MACOSX/ada/._einsum.py"), is_noise("ada/einsum.py")
    (True, False)
    """
    parts = [part for part in raw.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return any(part.startswith(".") or part.casefold() in _IGNORED for part in parts)


def safe_path(raw: str) -> PurePosixPath | None:
    r"""Return a relative path without surprises, None for what nobody hands in on purpose (caches, checkpoints).

    Raises `Refusal` for an absolute path, one that leaves its folder, and names that cannot be written everywhere.

    >>> safe_path("einsum\\einsum.py").as_posix()
    'einsum/einsum.py'
    >>> safe_path("__MACOSX/._einsum.py") is None
    True
    """
    text = unicodedata.normalize("NFC", raw).replace("\\", "/")
    if text.startswith("/") or re.match(r"[A-Za-z]:", text):
        raise Refusal("an absolute path")
    parts = [part for part in text.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise Refusal("a path that leaves its folder")
    if not parts or any(part.startswith(".") or part.casefold() in _IGNORED for part in parts):
        return None
    if parts[-1].endswith((".pyc", ".pyo")):
        return None
    for part in parts:
        if any(not character.isprintable() or character in '<>:"|?*' for character in part):
            raise Refusal("a name with characters that not every system can write")
        if len(part.encode("utf-8", "replace")) > MAX_BYTES or _RESERVED.fullmatch(part) or part[-1] in ". ":
            raise Refusal("a name that not every system can write")
    if len(parts) > 8:
        raise Refusal("a path of more than 8 folders")
    return PurePosixPath(*parts)
