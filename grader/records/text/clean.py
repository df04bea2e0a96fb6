"""Text that a submission had a part in, made harmless for terminals, HTML, JSON and the logs of CI services."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
"""Characters that Python calls printable and that nobody sees: fillers, joiners and their like."""

_MAX_MARKS = 3
"""Combining marks in a row that are let through: enough for every script, too few to paint over other lines."""

_COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#\w*\[)", re.MULTILINE)
"""How a line begins, or what it holds, that GitHub or Azure would obey when it stands in a log."""


def clean(text: str, limit: int = 2000, *, newlines: bool = True) -> str:
    r"""Return text that shows what is in it and does nothing else, cut to `limit` characters.

    Control characters (ESC among them), bidirectional marks, zero-width and other invisible characters, lone
    surrogates and unassigned code points become visible escapes; so does what would make a line a command to a CI
    service. Tabs become spaces. Line ends are kept, or escaped too without `newlines`. Markup is left alone: HTML and
    Markdown have escapes of their own.

    >>> clean("\x1b[31mred\u202e")
    '\\x1b[31mred\\u202e'
    >>> clean("a" * 12, limit=10)
    'aaaaaaaaaa... (2 more characters)'
    >>> clean("one\ntwo", newlines=False)
    'one\\ntwo'
    """
    left = len(text) - limit
    kept = text[:limit].replace("\r\n", "\n").expandtabs(4)
    if not kept.isascii() or not kept.isprintable():
        kept = _escape(kept, newlines)
    kept = disarm(kept)
    return f"{kept}... ({left} more characters)" if left > 0 else kept


def disarm(text: str) -> str:
    r"""Return text without anything that a CI service would take for a command when it stands in a log.

    `clean` does so too; text that is broken over lines afterwards needs it again.

    >>> disarm("::error::no")
    '\\x3a:error::no'
    """
    return _COMMAND.sub(_disarm, text)


def escape_character(character: str) -> str:
    r"""Return the escape that a Python string literal would use.

    >>> escape_character("\n"), escape_character("\u202e")
    ('\\n', '\\u202e')
    """
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    if short is not None:
        return short
    number = ord(character)
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def literal(text: str | bytes, limit: int = 1000) -> str:
    r"""Return a string or bytes as a Python literal with every odd character escaped.

    A text longer than `limit` is cut and followed by `+ ...`, which Python refuses to evaluate.

    >>> literal("\u202eabc"), literal("abcdef", limit=3)
    ("'\\u202eabc'", "'abc' + ...")
    """
    quoted = disarm(_escape(repr(text[:limit]), newlines=False))
    return quoted if len(text) <= limit else f"{quoted} + ..."


def is_visible(character: str) -> bool:
    """Tell whether a character shows itself and moves nothing else."""
    return character.isprintable() and character not in _INVISIBLE


def _escape(text: str, newlines: bool) -> str:
    parts = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if (is_visible(character) and marks <= _MAX_MARKS) or (newlines and character == "\n"):
            parts.append(character)
        else:
            parts.append(escape_character(character))
    return "".join(parts)


def _disarm(match: re.Match[str]) -> str:
    found = match.group(0)
    return found[:-1] + escape_character(found[-1])
