"""A small picture of an expected and a returned tensor, and of their difference, for a page.

Every entry is a square: its number, a ground that grows with its size (one hue above 0, another below), and a frame
where it differs. So nothing is told by colour alone, and grounds that let a page through suit light and dark ones.
"""

from __future__ import annotations

import cmath
import dataclasses
import math

from grader.records.text.saying import say
from grader.results.render.drawing import MOST_DIMENSIONS, Grid, grid_of, wrong_entries

MOST_COLUMNS = 16
MOST_ENTRIES = 128
"""Beyond these the text is easier to read."""

_ABOVE, _BELOW, _NEITHER = "219, 109, 0", "9, 105, 218", "128, 128, 128"
"""Orange and blue, which nearly everybody tells apart, and grey."""
_FAINT, _FULL = 0.04, 0.42
"""How much of a ground is seen: more, and the number on it would not be."""


@dataclasses.dataclass(frozen=True)
class Square:
    """One entry."""

    text: str
    ground: str
    """Its colour, as CSS has it."""
    wrong: bool


@dataclasses.dataclass(frozen=True)
class Block:
    """The rows of one index of a first of three dimensions; of a smaller tensor all of them, without a label."""

    label: str
    rows: tuple[tuple[Square, ...], ...]


@dataclasses.dataclass(frozen=True)
class Plate:
    """One of the tensors that are drawn beside each other."""

    title: str
    shape: str
    blocks: tuple[Block, ...]


def plates(expected: str, got: str) -> list[Plate]:
    """Return what is drawn of two values in their short forms: both, and of one shape their difference.

    Nothing where one of them is no tensor of 1 to 3 dimensions, is not written out whole, or is too large.

    >>> [(plate.title, plate.shape) for plate in plates("tensor([1, 2])", "tensor([1, 3])")]
    [('expected', '(2,)'), ('got', '(2,)'), ('got - expected', '(2,)')]
    >>> plates("tensor(3)", "tensor([3])")
    []
    """
    left, right = grid_of(expected), grid_of(got)
    if left is None or right is None or not (_fits(left) and _fits(right)):
        return []
    scale = max((abs(value) for grid in (left, right) for value in map(_number, grid.entries)), default=0.0)
    if left.shape != right.shape:
        none = [False] * MOST_ENTRIES
        return [_plate(say("expected"), left, none, scale), _plate(say("got"), right, none, scale)]
    wrong = wrong_entries(left, right)
    apart = Grid(left.shape, tuple(map(_difference, left.entries, right.entries, wrong)))
    between = max(abs(_number(entry)) for entry in apart.entries)
    return [
        _plate(say("expected"), left, wrong, scale),
        _plate(say("got"), right, wrong, scale),
        _plate(say("got - expected"), apart, wrong, between),
    ]


def _fits(grid: Grid) -> bool:
    return grid.shape[-1] <= MOST_COLUMNS and len(grid.entries) <= MOST_ENTRIES


def _number(entry: str) -> float:
    """Return the number that an entry's ground stands for: that of a complex one is its size; 0 where it has none."""
    if entry in ("True", "False"):
        return float(entry == "True")
    try:
        value = complex(entry)
    except ValueError:
        return 0.0
    if not cmath.isfinite(value):
        return 0.0
    return abs(value) if value.imag else value.real


def _difference(expected: str, got: str, wrong: bool) -> str:
    if not wrong:
        return "·"
    try:
        apart = float(got) - float(expected)
    except ValueError:
        return "≠"
    return f"{apart:+.4g}" if math.isfinite(apart) and apart else "≠"


def _plate(title: str, grid: Grid, wrong: list[bool], scale: float) -> Plate:
    columns, rows = grid.shape[-1], grid.shape[-2] if len(grid.shape) > 1 else 1
    squares = [Square(entry, _ground(entry, scale), marked) for entry, marked in zip(grid.entries, wrong, strict=False)]
    lines = [tuple(squares[start : start + columns]) for start in range(0, len(squares), columns)]
    deep = len(grid.shape) == MOST_DIMENSIONS
    blocks = tuple(
        Block(f"[{start // rows}]" if deep else "", tuple(lines[start : start + rows]))
        for start in range(0, len(lines), rows)
    )
    return Plate(title, str(grid.shape), blocks)


def _ground(entry: str, scale: float) -> str:
    if entry in ("nan", "inf", "-inf", "≠"):
        return f"rgba({_NEITHER}, {_FULL})"
    value = _number(entry)
    seen = _FAINT + (_FULL - _FAINT) * (abs(value) / scale if scale else 0.0)
    return f"rgba({_ABOVE if value > 0 else _BELOW if value < 0 else _NEITHER}, {seen:.2f})"
