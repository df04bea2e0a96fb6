"""A submission's own code, line by line, with what was found beside the lines that it is about."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Sequence

from grader.records.text.places import place_in
from grader.results.report import ExerciseReport


@dataclasses.dataclass(frozen=True)
class Remark:
    """What is said of a line."""

    exercise: str
    outcome: str
    message: str


@dataclasses.dataclass(frozen=True)
class Line:
    """One line of a cell, as it stands in the file."""

    number: int
    text: str
    remarks: tuple[Remark, ...] = ()


def listing(cells: Sequence[str], exercises: Sequence[ExerciseReport]) -> list[list[Line]]:
    """Return each cell's lines with remarks: at the line that a message names, else where the exercise is defined.

    What belongs to no line is said at the first one of the first cell.
    """
    places = _definitions(cells)
    remarks: dict[tuple[int, int], list[Remark]] = {}
    for exercise in exercises:
        for remark, place in _remarks(exercise, places.get(exercise.id.partition(".")[2], (0, 1)), cells):
            if remark not in remarks.setdefault(place, []):
                remarks[place].append(remark)
    return [
        [
            Line(number, text, tuple(remarks.get((cell, number), ())))
            for number, text in enumerate(source.split("\n"), 1)
        ]
        for cell, source in enumerate(cells)
    ]


def _remarks(
    exercise: ExerciseReport, defined: tuple[int, int], cells: Sequence[str]
) -> list[tuple[Remark, tuple[int, int]]]:
    if exercise.outcome == "passed":
        return [(Remark(exercise.id, exercise.outcome, ""), defined)] if defined != (0, 1) else []
    findings = [finding for finding in exercise.findings if finding.must] or list(exercise.findings)
    if not findings:
        return [(Remark(exercise.id, exercise.outcome, ""), defined)]
    return [
        (Remark(exercise.id, exercise.outcome, finding.message), _named(finding.message, cells) or defined)
        for finding in findings
    ]


def _named(message: str, cells: Sequence[str]) -> tuple[int, int] | None:
    """Return the cell and line that a message names, where there is such a line."""
    found = place_in(message)
    if found is None or (found[0] is None and len(cells) != 1):
        return None
    cell, line = (found[0] or 1) - 1, found[1]
    return (cell, line) if cell < len(cells) and line <= cells[cell].count("\n") + 1 else None


def _definitions(cells: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return where each name is defined, at the last place of several: that is the one which counts."""
    found: dict[str, tuple[int, int]] = {}
    for number, source in enumerate(cells):
        try:
            body = ast.parse(source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for statement in body:
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found[statement.name] = (number, statement.lineno)
    return found
