"""Another exception is raised, or one is no longer caught."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, with_fields


def mutate(site: Site) -> Iterator[Change]:
    """Yield another type of exception in place of what is raised or caught."""
    node = site.node
    if isinstance(node, ast.Raise) and node.exc is not None:
        raised = node.exc
        if isinstance(raised, ast.Call):
            yield Change(raised, with_fields(raised, func=ast.Name(_other(raised.func))))
        else:
            yield Change(raised, _other(raised))
    elif isinstance(node, ast.ExceptHandler) and node.type is not None:
        yield Change(node.type, "ZeroDivisionError")


def _other(name: ast.expr) -> str:
    return "RuntimeError" if ast.unparse(name) != "RuntimeError" else "ValueError"
