"""Training mode and evaluation mode change places."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, with_fields


def mutate(site: Site) -> Iterator[Change]:
    """Yield `x.train()` in place of `x.eval()` and the other way round, and `self.training` taken for its opposite."""
    node = site.node
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"train", "eval"}:
        other = "train" if node.func.attr == "eval" else "eval"
        yield Change(node, with_fields(node, func=with_fields(node.func, attr=other), args=[], keywords=[]))
        if node.args:
            yield Change(node, with_fields(node, args=[]))
    elif isinstance(node, ast.Attribute) and node.attr == "training" and isinstance(node.ctx, ast.Load):
        yield Change(node, "True")
        yield Change(node, "False")
