"""A step that changes a shape, an order or a range is left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, dropped_methods

_METHODS = frozenset(
    {
        *("unsqueeze", "squeeze", "flatten", "unflatten", "reshape", "view", "view_as", "permute", "transpose", "t"),
        *("movedim", "expand", "expand_as", "repeat", "repeat_interleave", "flip", "roll", "clamp", "clamp_", "abs"),
        *("sum", "mean", "sqrt", "exp", "log", "neg", "sign", "round", "floor", "ceil", "tanh", "sigmoid", "relu"),
        *("strip", "lower", "upper", "split", "rstrip", "removesuffix", "removeprefix", "masked_fill", "fill_"),
    }
)


def mutate(site: Site) -> Iterator[Change]:
    """Yield what the step was applied to, in its place."""
    node = site.node
    yield from dropped_methods(node, _METHODS)
    if isinstance(node, ast.Attribute) and node.attr in {"T", "mT"}:
        yield Change(node, node.value)
