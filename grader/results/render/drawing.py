"""Two small tensors side by side in a terminal, the entries that differ marked by colour and by a sign."""

from __future__ import annotations

import cmath
import dataclasses
import math
import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from grader.records.text.saying import say

MOST_DIMENSIONS = 3
_WHOLE = re.compile(r"(?:tensor|Parameter|array)\((\[.*\])(?:, ([^\[\]]*))?\)")
_TOKEN = re.compile(r"\[|\]|, |[^\[\], ]+")
_BETWEEN = 4
"""Columns between the two."""
_CLOSE = {"float64": 1e-8, "complex128": 1e-8, "float16": 2e-3, "bfloat16": 1.6e-2}
"""How near two numbers are taken to be the same, as comparison does where nothing else is known; 1e-5 otherwise."""


@dataclasses.dataclass(frozen=True)
class Grid:
    """A tensor as it is written: its shape, its entries as text, and its dtype where that is said."""

    shape: tuple[int, ...]
    entries: tuple[str, ...]
    dtype: str = ""


def grid_of(text: str) -> Grid | None:
    """Return the tensor of 1 to 3 dimensions that a short form writes out whole; None for anything else.

    >>> grid_of("tensor([[1., 2.]], dtype=float64)")
    Grid(shape=(1, 2), entries=('1.', '2.'), dtype='float64')
    >>> grid_of("tensor(3)"), grid_of("tensor of shape (300,), int64: 0, ... (299 more)")
    (None, None)
    """
    found = _WHOLE.fullmatch(text)
    if found is None:
        return None
    sizes: dict[int, set[int]] = {}
    counts: list[int] = []
    entries: list[str] = []
    for token in _TOKEN.findall(found[1]):
        if token == "[":
            counts.append(0)
        elif token == "]":
            if not counts:
                return None
            sizes.setdefault(len(counts), set()).add(counts.pop())
            if counts:
                counts[-1] += 1
        elif token != ", ":
            if not counts:
                return None
            entries.append(token)
            counts[-1] += 1
    shape = tuple(min(sizes[depth]) for depth in sorted(sizes))
    if any(len(lengths) > 1 for lengths in sizes.values()) or math.prod(shape) != len(entries) or not entries:
        return None
    dtype = re.search(r"dtype=(\w+)", found[2] or "")
    return Grid(shape, tuple(entries), dtype[1] if dtype else "") if len(shape) <= MOST_DIMENSIONS else None


def wrong_entries(expected: Grid, got: Grid) -> list[bool]:
    """Return which entries of two tensors of one shape differ; every other spelling, where no number does.

    >>> wrong_entries(Grid((3,), ("1.", "nan", "2.")), Grid((3,), ("1.0000001", "nan", "3.")))
    [False, False, True]
    """
    close = _CLOSE.get(expected.dtype, 1e-5)
    pairs = list(zip(expected.entries, got.entries, strict=True))
    apart = [first != second and not _near(first, second, close) for first, second in pairs]
    return apart if any(apart) else [first != second for first, second in pairs]


def _near(first: str, second: str, close: float) -> bool:
    try:
        one, other = complex(first), complex(second)
    except ValueError:
        return False
    return cmath.isfinite(one) and cmath.isfinite(other) and abs(one - other) <= close * (1 + abs(one))


@dataclasses.dataclass(frozen=True)
class Drawing:
    """What to print of an expected and a returned value: a drawing where the terminal has colours and room for it.

    Everywhere else, in a pipe and under NO_COLOR too, it is the text.
    """

    expected: str
    got: str
    text: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the drawing, or the text."""
        wanted, got = grid_of(self.expected), grid_of(self.got)
        if console.color_system is None or console.no_color or wanted is None or got is None:
            yield self.text
            return
        lines = list(drawn(wanted, got)) if wanted.shape == got.shape else []
        fits = lines and max(cell_len(line.plain) for line in lines) <= options.max_width
        yield Text("\n").join(lines) if fits else self.text


def drawn(expected: Grid, got: Grid) -> Iterator[Text]:
    """Yield the lines of a drawing of two tensors of one shape."""
    wrong = wrong_entries(expected, got)
    left = _column(expected, wrong, say("expected"), "green")
    right = _column(got, wrong, say("got"), "red")
    width = max(cell_len(line.plain) for line in left)
    for first, second in zip(left, right, strict=True):
        gap = width - cell_len(first.plain) + _BETWEEN
        yield Text.assemble(first, " " * gap, second)


def _column(grid: Grid, wrong: Sequence[bool], title: str, colour: str) -> list[Text]:
    """Return the lines of one tensor, a block for each index of a first of three dimensions."""
    columns, rows = grid.shape[-1], grid.shape[-2] if len(grid.shape) > 1 else 1
    wide = max(len(entry) for entry in grid.entries)
    lines = [Text(title, style="bold")]
    for start in range(0, len(grid.entries), columns):
        block, row = divmod(start // columns, rows)
        if len(grid.shape) == MOST_DIMENSIONS and row == 0:
            lines.append(Text(f"[{block}]", style="dim"))
        line = Text("|")
        for place in range(start, start + columns):
            entry = grid.entries[place]
            signed = f">{entry}<" if wrong[place] else f" {entry} "
            line.append(" " * (wide - len(entry))).append(signed, style=f"bold {colour}" if wrong[place] else "")
        lines.append(line.append("|"))
    return lines
