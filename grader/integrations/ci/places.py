"""At which line of a student's file a finding belongs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.records.findings import Finding
from grader.records.text.places import place_in
from grader.submissions.reading import MAX_NOTEBOOK, Unreadable, cell_source, read_bytes

_TELLS_A_LINE = frozenset({"raised", "banned", "needs", "missing", "unreadable", "memory", "law"})
"""Kinds of findings whose messages begin by saying where in the file it happened."""


class Lines:
    """The lines of one file, a module or a notebook, as its reader counts them."""

    def __init__(self, path: Path | None) -> None:
        self._text = _read(path)
        self._lines = self._text.splitlines()
        self._notebook = path is not None and path.suffix.lower() == ".ipynb"
        self._cells = _cell_lines(self._text, self._lines) if self._notebook else []

    def of(self, finding: Finding | None, names: Sequence[str]) -> int:
        """Return the line that a finding names, else the one that defines the first of these names, else 1."""
        place = place_in(finding.message) if finding is not None and finding.kind in _TELLS_A_LINE else None
        line = self._line_at(place) if place else None
        return line or self._defining(names) or 1

    def _line_at(self, place: tuple[int | None, int]) -> int | None:
        number = place[1]
        if not self._notebook:
            return number if 1 <= number <= len(self._lines) else None
        cell = place[0] or 0
        lines = self._cells[cell - 1] if 1 <= cell <= len(self._cells) else []
        return lines[number - 1] if 1 <= number <= len(lines) else None

    def _defining(self, names: Sequence[str]) -> int | None:
        begin = r'^\s*"' if self._notebook else "^"
        for name in names:
            defining = re.compile(
                rf"{begin}(?:(?:async )?def|class) {re.escape(name)}\b|{begin}{re.escape(name)}\s*[:=]"
            )
            found = [number for number, line in enumerate(self._lines, 1) if defining.search(line)]
            if found:
                return found[-1]
        return None


def _read(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return read_bytes(path, MAX_NOTEBOOK).decode("utf-8", "replace")
    except Unreadable:
        return ""  # what is wrong with the file is a finding of its own; it stands at line 1


def _cell_lines(text: str, lines: list[str]) -> list[list[int]]:
    """Return, for each code cell, where in the file each line of its source stands."""
    try:
        cells: Any = json.loads(text.removeprefix("\ufeff"))["cells"]
        sources = [(cell.get("cell_type"), cell_source(cell).split("\n")) for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []  # no notebook of this format: what is wrong with it is told elsewhere
    found: list[list[int]] = []
    place = 0
    for kind, source in sources:
        numbers = []
        for line in source:
            forms = {json.dumps(line)[:-1], json.dumps(line, ensure_ascii=False)[:-1]}
            ahead = range(place, len(lines))
            hit = next((at for at in ahead if any(lines[at].lstrip().startswith(form) for form in forms)), None)
            place = place if hit is None else hit + 1
            numbers.append(place or 1)
        if kind == "code":
            found.append(numbers)
    return found
