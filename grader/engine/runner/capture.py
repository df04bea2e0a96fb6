"""Catches what a submission prints, up to a cap."""

from __future__ import annotations

import io
import sys
from typing import Any


class CappedText(io.TextIOBase):
    """A text stream that keeps its first `limit` characters and counts the rest.

    >>> stream = CappedText(5)
    >>> _ = stream.write("hello world")
    >>> stream.take()
    'hello... (6 more characters)'
    >>> stream.take()
    ''
    """

    encoding = "utf-8"

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._parts: list[str] = []
        self._kept = 0
        self._lost = 0

    @property
    def buffer(self) -> io.BufferedIOBase:
        """The stream below, for code that writes bytes; they are text in UTF-8."""
        return _Bytes(self)

    def reconfigure(self, **settings: object) -> None:
        """Take new settings as a terminal's stream does; there is nothing that they change here."""

    def writable(self) -> bool:
        """Say that the stream can be written."""
        return True

    def write(self, text: str) -> int:
        """Keep what fits of `text`; return its length."""
        room = self.limit - self._kept
        kept = text[: max(room, 0)]
        if kept:
            self._parts.append(kept)
            self._kept += len(kept)
        self._lost += len(text) - len(kept)
        return len(text)

    def take(self) -> str:
        """Return what was written since the last call, and forget it."""
        if not self._parts and not self._lost:
            return ""
        text = "".join(self._parts)
        if self._lost:
            text += f"... ({self._lost} more characters)"
        self._parts.clear()
        self._kept = self._lost = 0
        return text.encode("utf-8", "backslashreplace").decode("utf-8")


class _Bytes(io.BufferedIOBase):
    """A binary stream whose bytes go into a text stream."""

    def __init__(self, text: CappedText) -> None:
        self._text = text

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        contents = bytes(data)
        self._text.write(contents.decode("utf-8", "replace"))
        return len(contents)


def install(limit: int) -> CappedText:
    """Make `sys.stdout` and `sys.stderr` one capped stream and return it."""
    stream = CappedText(limit)
    sys.stdout = sys.stderr = stream
    return stream
