"""A conversion to another type is left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, dropped_methods

_METHODS = frozenset(
    {"to", "float", "double", "half", "long", "int", "bool", "type", "type_as", "item", "tolist", "numpy", "cpu"}
)
_FUNCTIONS = frozenset({"int", "float", "bool", "str", "complex"})


def mutate(site: Site) -> Iterator[Change]:
    """Yield the value itself in place of its conversion."""
    node = site.node
    if isinstance(node, ast.Call) and _moves(node):
        return  # to another device: there is only one
    yield from dropped_methods(node, _METHODS)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return
    if node.func.id in _FUNCTIONS and len(node.args) == 1:
        yield Change(node, node.args[0])


def _moves(node: ast.Call) -> bool:
    about = [*node.args, *(keyword.value for keyword in node.keywords)]
    return len(about) == 1 and ast.unparse(about[0]).endswith("device")
