"""A dimension becomes another dimension."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site

_KEYWORDS = frozenset({"dim", "dims", "axis", "start_dim", "end_dim", "dim0", "dim1", "source", "destination"})
_METHODS = frozenset(
    {
        *("sum", "mean", "prod", "min", "max", "amin", "amax", "argmin", "argmax", "any", "all", "std", "var", "norm"),
        *("cumsum", "cumprod", "softmax", "log_softmax", "logsumexp", "gather", "scatter", "index_select", "squeeze"),
        *("unsqueeze", "flatten", "unflatten", "transpose", "movedim", "size", "chunk", "split", "sort", "argsort"),
        *("flip", "roll", "narrow", "select", "unbind", "repeat_interleave", "stack", "cat", "topk", "diff"),
    }
)


def mutate(site: Site) -> Iterator[Change]:
    """Yield 0, 1 and -1 in place of a dimension that is written as a number."""
    node, parent = site.node, site.parent
    negative = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    number = node.operand if isinstance(node, ast.UnaryOp) and negative else node
    if not isinstance(number, ast.Constant) or type(number.value) is not int:
        return
    if _is_dimension(node, parent):
        for other in ("0", "1", "-1"):
            if other != ast.unparse(node):
                yield Change(node, other)


def _is_dimension(node: ast.AST, parent: ast.AST | None) -> bool:
    if isinstance(parent, ast.keyword):
        return parent.arg in _KEYWORDS
    if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Attribute):
        return node in parent.args and parent.func.attr in _METHODS
    return False
