"""A loop misses its first or its last round, or counts from another number."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, called_name, with_fields


def mutate(site: Site) -> Iterator[Change]:
    """Yield loops and comprehensions over all but the first, or all but the last, of what they go through."""
    node, parent = site.node, site.parent
    if isinstance(parent, ast.For | ast.comprehension) and node is parent.iter:
        text = ast.unparse(node)
        yield Change(node, f"list({text})[1:]")
        yield Change(node, f"list({text})[:-1]")
    if called_name(node) == "enumerate" and isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        yield Change(node, with_fields(node, args=[*node.args, ast.Constant(1)]))
