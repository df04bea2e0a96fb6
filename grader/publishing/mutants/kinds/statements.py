"""A statement is left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site

_SIMPLE = (ast.Expr, ast.AugAssign, ast.Raise, ast.Assert, ast.Delete, ast.For, ast.While, ast.If, ast.With)


def mutate(site: Site) -> Iterator[Change]:
    """Yield `pass` in place of a statement, unless a name would then be unknown: every test finds that."""
    node = site.node
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.Yield | ast.YieldFrom):
        return
    if isinstance(node, ast.Assign | ast.AnnAssign):
        leaves = _is_known(site, node)
    else:
        leaves = isinstance(node, _SIMPLE) or (isinstance(node, ast.Return) and not _is_last(site, node))
    if leaves:
        yield Change(node, "pass")
    elif isinstance(node, ast.Break):
        yield Change(node, "continue")
    elif isinstance(node, ast.Continue):
        yield Change(node, "break")


def _is_known(site: Site, node: ast.Assign | ast.AnnAssign) -> bool:
    """Whether what is assigned to has a value before: an attribute, an item, a parameter, a name bound further up."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    function = site.function()
    if any(not isinstance(target, ast.Name) for target in targets):
        return not any(isinstance(target, ast.Tuple) for target in targets)
    if function is None:
        return False
    arguments = function.args
    known = {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    for other in ast.walk(function):
        if isinstance(other, ast.Name) and isinstance(other.ctx, ast.Store) and other.lineno < node.lineno:
            known.add(other.id)
    return all(isinstance(target, ast.Name) and target.id in known for target in targets)


def _is_last(site: Site, node: ast.Return) -> bool:
    function = site.function()
    return function is None or function.body[-1] is node
