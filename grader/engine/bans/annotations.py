"""What an annotation says of a value: only plain Python types are believed, and the trace sees who lies."""

from __future__ import annotations

import ast

from grader.engine.bans.machine import Machine
from grader.engine.bans.values import PLAIN, UNKNOWN, Container, Value, join

_CONTAINERS: dict[str, str] = {
    "list": "list",
    "List": "list",
    "dict": "dict",
    "Dict": "dict",
    "set": "set",
    "Set": "set",
    "defaultdict": "dict",
}

_PLAIN = frozenset(
    {"int", "float", "str", "bool", "bytes", "complex", "ndarray", "NDArray", "Path", "PathLike", "Size"}
)


def annotated(machine: Machine, annotation: ast.expr | None) -> Value:
    """Return what a parameter or variable with this annotation may be: unknown unless it names a plain type."""
    if annotation is None:
        return UNKNOWN
    if isinstance(annotation, ast.BinOp):
        return join((annotated(machine, annotation.left), annotated(machine, annotation.right)))
    if isinstance(annotation, ast.Constant):
        return _named(machine, annotation.value, annotation) if isinstance(annotation.value, str) else PLAIN
    if isinstance(annotation, ast.Subscript):
        return _subscripted(machine, annotation)
    name = annotation.attr if isinstance(annotation, ast.Attribute) else getattr(annotation, "id", "")
    return _named(machine, name, annotation)


def _named(machine: Machine, name: str, node: ast.AST, held: Value = UNKNOWN) -> Value:
    if name in _PLAIN:
        return PLAIN
    kind = _CONTAINERS.get(name)
    if kind is None:
        return UNKNOWN
    site = id(node)
    machine.nodes[site] = node
    machine.put(held, "held", site)
    machine.put(PLAIN, "keys", site)
    return frozenset({Container(kind, site)})


def _subscripted(machine: Machine, annotation: ast.Subscript) -> Value:
    outer = annotation.value
    name = outer.attr if isinstance(outer, ast.Attribute) else getattr(outer, "id", "")
    parts = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
    inside = [annotated(machine, part) for part in parts]
    if name in ("Optional", "Union"):
        return join(inside)
    return _named(machine, name, annotation, inside[-1] if inside else UNKNOWN)
