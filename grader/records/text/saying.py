"""What people are told, in their language: messages are written in English here and looked up in a catalogue.

Extraction finds the first arguments of `say`, `say_count`, `later` and `later_count`: literals. Values are put in by
name, so that a translation may put them elsewhere; a translation writes particles after them as 을(를), 이(가), and
the value decides.
"""

from __future__ import annotations

import functools
import gettext
import string
from pathlib import Path

from grader.records.text.language import language
from grader.records.text.particles import with_particle

CATALOGUES = Path(__file__).parent / "catalogues"

Piece = tuple[str, str | None, str, str | None]
"""Literal text, then the name of a value with its format and conversion; None where no value follows."""


def say(message: str, /, **values: object) -> str:
    """Return a message in the language in force, with values put in as `str.format` does.

    >>> say("expected {wanted}, got {got!r}", wanted=3, got="3")
    "expected 3, got '3'"
    """
    return fill(_catalogue(language()).gettext(message), values)


def say_count(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the message for one thing or that for `number` of them; `{n}` in it is the number.

    >>> say_count("{n} hint", "{n} hints", 1), say_count("{n} hint", "{n} hints", 2)
    ('1 hint', '2 hints')
    """
    return fill(_catalogue(language()).ngettext(one, many, number), {"n": number, **values})


def translated(message: str, code: str) -> str:
    """Return a message in a language, its values not yet put in; as it is where there is no translation."""
    return _catalogue(code).gettext(message)


def later(message: str) -> str:
    """Mark a message that is kept in a table and said later, by `say` of the table's entry.

    >>> later("wrong answer")
    'wrong answer'
    """
    return message


def later_count(one: str, many: str) -> tuple[str, str]:
    """Mark the messages for one thing and for many that are kept in a table and said by `say_count`."""
    return one, many


def fill(template: str, values: dict[str, object]) -> str:
    """Return a template with its values; a pair of particles after a value is decided by it.

    >>> fill("{name}을(를) 고치세요", {"name": "total"})
    'total을 고치세요'
    """
    parts: list[str] = []
    value = ""
    for literal, name, spec, conversion in pieces(template):
        parts.append(with_particle(value, literal) if value and literal else literal)
        if name is not None:
            given = values[name]
            value = format(repr(given) if conversion == "r" else given, spec)
            parts.append(value)
    return "".join(parts)


@functools.lru_cache(maxsize=1024)
def pieces(template: str) -> tuple[Piece, ...]:
    """Return the pieces of a template."""
    return tuple((literal, name, spec or "", how) for literal, name, spec, how in string.Formatter().parse(template))


def available_languages() -> tuple[str, ...]:
    """Return the languages that there is a catalogue for, besides English.

    >>> available_languages()
    ('ko',)
    """
    return tuple(sorted(path.stem for path in CATALOGUES.glob("*.mo")))


@functools.cache
def _catalogue(code: str) -> gettext.NullTranslations:
    path = CATALOGUES / f"{code}.mo"
    if not code.isalnum() or not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)
