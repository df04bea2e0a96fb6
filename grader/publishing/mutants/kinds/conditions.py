"""A condition is negated, always or never true, or loses a part."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, with_fields


def mutate(site: Site) -> Iterator[Change]:
    """Yield changes of what is tested, of `and`, `or` and `not`, and of a comprehension's filters."""
    node = site.node
    if isinstance(node, ast.expr) and not isinstance(node, ast.Constant) and _is_test(site):
        yield Change(node, ast.UnaryOp(ast.Not(), node))
        yield Change(node, "False")
        if not isinstance(site.parent, ast.While):  # an endless loop says nothing and takes long
            yield Change(node, "True")
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield Change(node, with_fields(node, op=other))
        for index in range(len(node.values)):
            rest = [*node.values[:index], *node.values[index + 1 :]]
            yield Change(node, rest[0] if len(rest) == 1 else with_fields(node, values=rest))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield Change(node, node.operand)
    elif isinstance(node, ast.IfExp):
        yield Change(node, node.body)
        yield Change(node, node.orelse)


def _is_test(site: Site) -> bool:
    parent = site.parent
    if isinstance(parent, ast.If | ast.While):
        return site.node is parent.test
    return isinstance(parent, ast.comprehension) and site.node in parent.ifs
