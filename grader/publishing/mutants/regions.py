"""Which nodes of an annotated source may be mutated, and which exercises use what they define."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence

from grader.authoring.exercises import Exercise
from grader.course.annotated import marked_regions

_LEFT_ALONE = (ast.Import, ast.ImportFrom, ast.JoinedStr, ast.Global, ast.Nonlocal)
_ANNOTATIONS = frozenset({"annotation", "returns", "type_params", "type_comment", "bases"})

Parents = dict[ast.AST, ast.AST]


@dataclasses.dataclass(frozen=True)
class Definition:
    """A statement at the top of a cell that holds a solution or a part of one."""

    cell: int
    names: tuple[str, ...]
    """What it defines."""
    nodes: tuple[ast.AST, ...]
    """The nodes inside its solution regions, in the order of the source."""
    parents: Mapping[ast.AST, ast.AST]


def definitions(cells: Sequence[str]) -> Iterator[Definition]:
    """Yield what holds a solution, in order."""
    for number, cell in enumerate(cells):
        regions = marked_regions(cell)
        if not regions:
            continue
        for statement in ast.parse(cell).body:
            parents: Parents = {}
            nodes = tuple(node for node in _walk(statement, parents) if _inside(node, regions))
            if nodes:
                yield Definition(number, tuple(_bound(statement)), nodes, parents)


def users(cells: Sequence[str], exercises: Iterable[Exercise]) -> dict[str, tuple[Exercise, ...]]:
    """Return, for each name defined at the top of a cell, the exercises whose names lead to it."""
    mentions: dict[str, set[str]] = {}
    for cell in cells:
        for statement in ast.parse(cell).body:
            names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
            for name in _bound(statement):
                mentions.setdefault(name, set()).update(names - {name})
    found: dict[str, list[Exercise]] = {}
    for exercise in exercises:
        for name in sorted(_reached(exercise.names, mentions)):
            found.setdefault(name, []).append(exercise)
    return {name: tuple(some) for name, some in found.items()}


def _reached(names: Iterable[str], mentions: Mapping[str, set[str]]) -> set[str]:
    waiting, found = list(names), set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += mentions.get(name, set()) & mentions.keys()
    return found


def _bound(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def _walk(node: ast.AST, parents: Parents) -> Iterator[ast.AST]:
    """Yield a node and what is below it, without imports, annotations, docstrings and the parts of f-strings."""
    if isinstance(node, _LEFT_ALONE) or _is_docstring(node):
        return
    yield node
    for field, value in ast.iter_fields(node):
        if field in _ANNOTATIONS:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                parents[child] = node
                yield from _walk(child, parents)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _inside(node: ast.AST, regions: Iterable[tuple[int, int]]) -> bool:
    first, last = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
    if first is None or last is None:
        return False
    return any(begin < first and last < end for begin, end in regions)
