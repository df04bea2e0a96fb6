"""In which language people are spoken to: asked for, the course's own, or that of their machine."""

from __future__ import annotations

import contextlib
import contextvars
import importlib
import os
from collections.abc import Iterator, Sequence

ENGLISH = "en"
"""The language that messages are written in; every other one has a catalogue."""
VARIABLE = "GRADER_LANG"
"""Asks for a language where `--lang` does not."""

_asked: contextvars.ContextVar[str | None] = contextvars.ContextVar("asked", default=None)
_current: contextvars.ContextVar[str] = contextvars.ContextVar("language", default=ENGLISH)


def language() -> str:
    """Return the language in force, such as "en" or "ko". A thread of one's own begins in English.

    >>> with speaking("ko"):
    ...     language()
    'ko'
    """
    return _current.get()


def speak(code: str) -> None:
    """Put a language in force for the rest of this context."""
    _current.set(code)


@contextlib.contextmanager
def speaking(code: str) -> Iterator[None]:
    """Put a language in force for a while. Whatever is made of texts meanwhile, a report say, is in that language."""
    token = _current.set(code)
    try:
        yield
    finally:
        _current.reset(token)


def ask(code: str | None) -> None:
    """Note which language a person asked for, None for none, and speak it; a course may decide where none was."""
    _asked.set(code)
    speak(choose(code))


def settle(default: str | None, offered: Sequence[str]) -> None:
    """Put the language in force in which people are told of a course; what was asked for comes first."""
    speak(choose(_asked.get(), default, offered))


def choose(asked: str | None, default: str | None = None, offered: Sequence[str] = ()) -> str:
    """Return the language to speak: the one asked for, by an option or by GRADER_LANG, else a course's default.

    Where a course sets no default it is that of the machine's locale; if the course is not `offered` in that one, the
    course's first.

    >>> choose("ko", "en")
    'ko'
    """
    wanted = asked or os.environ.get(VARIABLE, "").strip() or default
    if wanted:
        return wanted
    own = of_locale()
    return own if own in offered or not offered else offered[0]


def of_locale() -> str:
    """Return the language of the machine's locale; English where it says nothing.

    The variables are read in the order in which POSIX gives them; Windows is asked for that of its windows.
    """
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "").partition(":")[0].partition(".")[0].partition("_")[0].lower()
        if code in ("c", "posix"):
            return ENGLISH
        if code:
            return code
    return _of_windows()


def _of_windows() -> str:
    windll = getattr(importlib.import_module("ctypes"), "windll", None)
    if windll is None:
        return ENGLISH
    import locale

    return locale.windows_locale.get(windll.kernel32.GetUserDefaultUILanguage(), ENGLISH).partition("_")[0]
