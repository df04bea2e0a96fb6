"""Mutants that an author has found to be right answers, each with the reason: `solutions/<a>/equivalent.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from grader.publishing.mutants.generate import Mutant
from grader.records.errors import AuthorError
from grader.records.text.places import short_path

FILE = "equivalent.toml"


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One changed line, or several that are changed alike, and why a right answer may be written so."""

    defines: str
    """The function or class."""
    old: str
    new: str | tuple[str, ...]
    reason: str

    @property
    def keys(self) -> tuple[tuple[str, str, str], ...]:
        """What it marks: (function or class, what stood there, what stands there now)."""
        news = (self.new,) if isinstance(self.new, str) else self.new
        return tuple((self.defines, self.old, new) for new in news)


class _File(msgspec.Struct, forbid_unknown_fields=True):
    equivalent: tuple[Mark, ...] = ()


class Marks:
    """The marks of one assignment."""

    def __init__(self, path: Path, marks: Iterable[Mark]) -> None:
        self._file = short_path(path)
        self._reasons: dict[tuple[str, str, str], str] = {}
        for mark in marks:
            if not mark.reason.strip():
                raise AuthorError(f"{self._file}: a mark of {mark.defines} gives no reason.")
            for key in mark.keys:
                if key in self._reasons:
                    raise AuthorError(f"{self._file}: {mark.defines} marks this twice: {key[2]}")
                self._reasons[key] = mark.reason

    def reason(self, mutant: Mutant) -> str:
        """Return why a mutant is right; "" for one that is not marked."""
        return self._reasons.get(_key(mutant), "")

    def stale(self, mutants: Iterable[Mutant]) -> list[str]:
        """Return what is wrong with the marks: those that no mutant of the reference answers to."""
        made = {_key(mutant) for mutant in mutants}
        return [
            f"{self._file}: {defines}: no mutant changes `{old}` to `{new}`"
            for defines, old, new in self._reasons
            if (defines, old, new) not in made
        ]


def read_marks(root: Path, assignment: str) -> Marks:
    """Return the marks of an assignment, none when it has no such file.

    Raises `AuthorError` when the file is not of its form, marks one mutant twice or gives no reason.
    """
    path = root / "solutions" / assignment / FILE
    if not path.is_file():
        return Marks(path, ())
    try:
        text = path.read_text(encoding="utf-8")
        found = msgspec.convert(tomllib.loads(text), _File)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise AuthorError(
            f"{short_path(path)}: {error}",
            hint="Each [[equivalent]] has defines, old, new and reason; `grader doctor --mutants` prints them.",
        ) from error
    return Marks(path, found.equivalent)


def as_mark(mutant: Mutant) -> str:
    """Return the lines that would mark a mutant, but for the reason."""
    fields = {"defines": mutant.defines, "old": mutant.old, "new": mutant.new, "reason": ""}
    return "[[equivalent]]\n" + "\n".join(f"{name} = {_toml(value)}" for name, value in fields.items())


def _toml(text: str) -> str:
    if "'" not in text and text:
        return f"'{text}'" if '"' in text else f'"{text}"'
    return msgspec.json.encode(text).decode()


def _key(mutant: Mutant) -> tuple[str, str, str]:
    return mutant.defines, mutant.old, mutant.new
