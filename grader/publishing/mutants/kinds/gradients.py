"""What keeps a computation out of the graph, in it, or off its inputs is left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, called_name, dropped_methods, with_fields

_METHODS = frozenset({"detach", "clone", "contiguous", "requires_grad_", "copy", "deepcopy", "data_ptr"})
_MODES = frozenset({"no_grad", "enable_grad", "inference_mode", "set_grad_enabled", "fork_rng"})


def mutate(site: Site) -> Iterator[Change]:
    """Yield code without `.detach()`, `.clone()` and the like, and without `with torch.no_grad()` around it."""
    node = site.node
    yield from dropped_methods(node, _METHODS)
    if isinstance(node, ast.With) and len(node.items) == 1 and called_name(node.items[0].context_expr) in _MODES:
        yield Change(node, "if True", upto=node.items[0].context_expr)
    if isinstance(node, ast.FunctionDef):
        for decorator in node.decorator_list:
            if called_name(decorator) in _MODES:
                yield Change(decorator, "(lambda function: function)")
    if called_name(node) == "deepcopy" and isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield Change(node, node.args[0])
    if isinstance(node, ast.Attribute) and node.attr == "data":
        yield Change(node, node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "detach":
        yield Change(node, with_fields(node, func=with_fields(node.func, attr="clone")))
