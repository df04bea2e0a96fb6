"""Where in a file something stands: as messages say it, and read from them again."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from grader.records.text.language import ENGLISH
from grader.records.text.saying import available_languages, pieces, say, translated


def place_of(line: int, cell: int | None = None) -> str:
    """Return where in a file something stands, for a sentence.

    >>> place_of(3), place_of(3, 2)
    ('line 3', 'cell 2, line 3')
    """
    return say("line {line}", line=line) if cell is None else say("cell {cell}, line {line}", cell=cell, line=line)


def place_in(message: str) -> tuple[int | None, int] | None:
    """Return the cell, None where it says none, and the line that a message names first, in whichever language.

    >>> place_in("cell 2, line 3 raised ValueError"), place_in("3번째 줄에서"), place_in("expected 3")
    ((2, 3), (None, 3), None)
    """
    found = [match for pattern in _patterns() for match in [pattern.search(message)] if match is not None]
    if not found:
        return None
    first = min(found, key=lambda match: (match.start(), -match.end()))
    cell = first.groupdict().get("cell")
    return None if cell is None else int(cell), int(first["line"])


@functools.cache
def _patterns() -> list[re.Pattern[str]]:
    said = ("cell {cell}, line {line}", "line {line}")
    return [re.compile(_pattern(translated(text, code))) for code in (ENGLISH, *available_languages()) for text in said]


def _pattern(template: str) -> str:
    parts = [re.escape(text) + (rf"(?P<{name}>\d+)" if name else "") for text, name, _, _ in pieces(template)]
    return r"(?<!\w)" + "".join(parts) + (r"\b" if pieces(template)[-1][1] else "")


def short_path(path: Path) -> str:
    """Return a path as messages show it: from the folder of the course's part on.

    >>> short_path(Path("/home/ada/course/assignments/einsum/checks.py"))
    'assignments/einsum/checks.py'
    """
    return "/".join(path.parts[-3:])
