"""Records as bytes that hold nothing but data."""

from __future__ import annotations

from typing import Any

import msgspec


def inert(record: Any) -> bytes:
    r"""Return a record as JSON; what UTF-8 cannot hold becomes the escape that would be shown of it anyway.

    >>> inert(["\ud800"])
    b'["\\\\ud800"]'
    """
    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:
        return msgspec.json.encode(_escaped(msgspec.to_builtins(record)))


def plain_text(text: str) -> str:
    r"""Return text that databases and UTF-8 can hold, with escapes for the rest.

    >>> plain_text("a\ud800\0")
    'a\\ud800\\0'
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\0")


def _escaped(thing: Any) -> Any:
    if isinstance(thing, str):
        return plain_text(thing)
    if isinstance(thing, dict):
        return {key: _escaped(value) for key, value in thing.items()}
    return [_escaped(one) for one in thing] if isinstance(thing, list | tuple) else thing
