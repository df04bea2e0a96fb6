"""Another value that the function has at hand is returned."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site

_MOST = 2


def mutate(site: Site) -> Iterator[Change]:
    """Yield returns, or yields, of another local name than the one that is returned."""
    node = site.node
    if not isinstance(node, ast.Return | ast.Yield) or not isinstance(node.value, ast.Name):
        return
    function = site.function()
    if function is not None:
        others = [name for name in _local_names(function, node) if name != node.value.id]
        for other in others[-_MOST:]:
            yield Change(node.value, other)


def _local_names(function: ast.FunctionDef | ast.AsyncFunctionDef, before: ast.expr | ast.stmt) -> list[str]:
    arguments = function.args
    names = dict.fromkeys(one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs))
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.lineno < before.lineno:
            names[node.id] = None
    return list(names)
