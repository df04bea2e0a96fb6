"""Moves up and down as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from grader.records.text.clean import clean
from grader.results.moves import Move
from grader.results.render.words import count, number

LONG = 160


def render(moves: Sequence[Move]) -> str:
    """Return a line for each move, those down first, and how many there are of each kind."""
    ordered = sorted(moves, key=lambda move: (move.up >= 0, move.up == 0, move.owner.exercise))
    lines = [_line(move) for move in ordered]
    down = sum(move.up < 0 for move in moves)
    up = sum(move.up > 0 for move in moves)
    same = len(moves) - up - down
    other = f", {count(same, 'result')} with the same points for another reason" if same else ""
    summary = f"{count(up, 'result')} up, {count(down, 'result')} down{other}" if moves else "Nothing moves."
    return "\n".join([*lines, *([""] if lines else []), summary]) + "\n"


def _line(move: Move) -> str:
    word = "up  " if move.up > 0 else "down" if move.up < 0 else "same"
    before = "?" if move.before.points is None else number(move.before.points)
    name = clean(move.owner.student, 60, newlines=False)
    name += f" (attempt of {move.owner.attempt})" if move.owner.attempt else ""
    why = f"  {clean(move.why, LONG, newlines=False)}" if move.why else ""
    points = f"{before} -> {number(move.points)} of {number(move.max_points)}"
    return f"{word}  {name}  {move.owner.exercise}  {points}  ({move.before.outcome} -> {move.outcome}){why}"
