"""Reads tables of a TOML file by key and type, and collects every problem instead of stopping at the first."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from typing import Any, Final

from grader.records.text.nearest import did_you_mean, nearest

NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
"""What an assignment may be called: it is a folder, a module and a part of ids at once."""

_TYPES = {
    bool: "a boolean",
    int: "a whole number",
    float: "a number",
    str: "a string",
    list: "an array",
    dict: "a table",
    datetime.datetime: "a date and time",
    datetime.date: "a date",
    datetime.time: "a time",
}


class Table:
    """One table of the file: each method reads one key, and notes a problem where the value is not what it should be.

    After the last key `close` notes the keys that nobody asked for. What a method returns after a problem is a
    harmless stand-in: the problems are raised together before anybody uses it.
    """

    def __init__(self, values: Mapping[str, Any], path: str, problems: list[str]) -> None:
        self._values = values
        self._path = path
        self._problems = problems
        self._asked: list[str] = []

    def text(self, key: str, default: str | None = None, *, name: bool = False) -> str:
        """Read a string that is not blank; with `name`, one that can name a folder and a module."""
        value = self._take(key, str, default)
        if value is None:
            return ""
        if not value.strip():
            self._note(key, "must not be blank")
        elif name and not NAME.fullmatch(value):
            self._note(key, f"must be a name of letters, digits and _ that begins with no digit, not {value!r}")
        return str(value)

    def whole(self, key: str, default: int | None, low: int, high: int) -> int:
        """Read a whole number within bounds, both included."""
        value = self._take(key, int, default)
        return int(self._bounded(key, value, low, high))

    def number(self, key: str, default: float | None, low: float, high: float) -> float:
        """Read a finite number within bounds, both included."""
        value = self._take(key, float, default)
        return float(self._bounded(key, value, low, high))

    def words(self, key: str, default: tuple[str, ...], known: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Read an array of different strings, not empty; with `known`, only those."""
        value = self._take(key, list, list(default))
        if value is None:
            return default
        if not value:
            self._note(key, "must hold at least one string")
        for position, word in enumerate(value):
            place = f"{key}[{position}]"
            if not isinstance(word, str):
                self._note(place, f"must be a string, not {_described(word)}")
            elif known and word not in known:
                self._note(place, f"{word!r} is not known. {did_you_mean(word, known)}")
            elif word in value[:position]:
                self._note(place, f"{word!r} is there twice")
        return tuple(str(word) for word in value)

    def moment(self, key: str) -> datetime.datetime | None:
        """Read an optional date and time with its offset from UTC."""
        value = self._take(key, datetime.datetime, None, required=False)
        if value is not None and value.tzinfo is None:
            example = f"{value.isoformat()}+09:00"
            self._note(key, f"has no offset from UTC, so it is another moment on each machine; write it as {example}")
        return value if isinstance(value, datetime.datetime) else None

    def table(self, key: str) -> Table:
        """Read an optional table; one that is absent reads as empty."""
        value = self._take(key, dict, {})
        return Table(value if isinstance(value, dict) else {}, self._at(key), self._problems)

    def tables(self, key: str) -> list[Table]:
        """Read an array of tables, not empty."""
        value = self._take(key, list, None)
        if value is None:
            return []
        if not value:
            self._note(key, f"must hold at least one table: write [[{key}]] and its keys")
        found = []
        for position, item in enumerate(value):
            if isinstance(item, dict):
                found.append(Table(item, self._at(f"{key}[{position}]"), self._problems))
            else:
                self._note(f"{key}[{position}]", f"must be a table, not {_described(item)}")
        return found

    def note(self, key: str, message: str) -> None:
        """Note a problem of a key that only its reader can see."""
        self._note(key, message)

    def close(self) -> None:
        """Note the keys that nobody asked for, each with the nearest that could be meant."""
        free = [key for key in self._asked if key not in self._values]
        for key in self._values:
            if key not in self._asked:
                known = free if nearest(key, free) else self._asked
                self._note(key, f"is no key of this table. {did_you_mean(key, known)}")

    def _take(self, key: str, kind: type, default: Any, *, required: bool = True) -> Any:
        self._asked.append(key)
        if key not in self._values:
            if default is None and required:
                self._note(key, f"is missing; expected {_TYPES[kind]}")
            return default
        value = self._values[key]
        fits = isinstance(value, int | float) if kind is float else isinstance(value, kind)
        if fits and not (isinstance(value, bool) and kind is not bool):
            return value
        self._note(key, f"must be {_TYPES[kind]}, not {_described(value)}")
        return None

    def _bounded(self, key: str, value: Any, low: float, high: float) -> Any:
        if value is None:
            return low
        if not math.isfinite(value) or not low <= value <= high:
            self._note(key, f"must be from {low:.15g} to {high:.15g}, not {value}")
            return low
        return value

    def _at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _note(self, key: str, message: str) -> None:
        self._problems.append(f"{self._at(key)}: {message}")


def _described(value: object) -> str:
    """Show what came: its type, and the value itself when it is short."""
    kind = _TYPES.get(type(value), type(value).__name__)
    if isinstance(value, list | dict):
        return kind
    text = str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, str) else str(value)
    return f"{kind} ({text if len(text) <= 60 else text[:57] + '...'})"
