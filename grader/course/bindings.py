"""Which names a statement binds where it stands, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def bound_names(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds, deletes or changes in its own scope; what functions bind is theirs.

    >>> sorted(set(bound_names(ast.parse("for i, x.y in f(): import a.b as c, d.e").body[0])))
    ['c', 'd', 'i', 'x']
    """
    for inner in own_nodes(node):
        if isinstance(inner, _DEFINITIONS):
            yield inner.name
        elif isinstance(inner, ast.Import | ast.ImportFrom):
            for alias in inner.names:
                yield (alias.asname or alias.name).partition(".")[0]
        elif isinstance(inner, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and inner.name:
            yield inner.name
        elif isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store | ast.Del):
            yield inner.id
        elif isinstance(inner, ast.Attribute | ast.Subscript) and isinstance(inner.ctx, ast.Store | ast.Del):
            yield from _base(inner)


def defined_names(node: ast.stmt) -> Iterator[str]:
    """Yield the names of the functions and classes that a statement defines in its own scope.

    >>> list(defined_names(ast.parse("if x:\\n  def f(): pass\\nelse:\\n  class C: pass").body[0]))
    ['f', 'C']
    """
    for inner in own_nodes(node):
        if isinstance(inner, _DEFINITIONS):
            yield inner.name


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it that run in its own scope: not the bodies of functions and classes."""
    yield node
    if isinstance(node, (*_DEFINITIONS, ast.Lambda)):
        return
    for child in ast.iter_child_nodes(node):
        yield from own_nodes(child)


def _base(node: ast.expr) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id
