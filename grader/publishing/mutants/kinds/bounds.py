"""A slice loses a bound or its step; a bound of a slice or a range, or an index, is one off."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, called_name, with_fields


def mutate(site: Site) -> Iterator[Change]:
    """Yield slices with one part left out, and computed bounds and indices one smaller and one greater."""
    node, parent = site.node, site.parent
    if isinstance(node, ast.Slice):
        for part in ("lower", "upper", "step"):
            if getattr(node, part) is not None:
                yield Change(node, with_fields(node, **{part: None}))
    elif isinstance(node, ast.expr) and _counts(node, parent):
        yield Change(node, ast.BinOp(node, ast.Sub(), ast.Constant(1)))
        yield Change(node, ast.BinOp(node, ast.Add(), ast.Constant(1)))


def _counts(node: ast.expr, parent: ast.AST | None) -> bool:
    if isinstance(node, ast.Constant | ast.Starred):
        return False
    if isinstance(parent, ast.Slice):
        return True
    return isinstance(parent, ast.Call) and called_name(parent) in {"range", "arange"} and node in parent.args
