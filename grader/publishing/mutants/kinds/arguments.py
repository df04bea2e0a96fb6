"""Two arguments of a call change places, or one that stands last is left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, called_name, with_fields

_EITHER_WAY_ROUND = frozenset({"min", "max", "minimum", "maximum", "add", "mul", "add_", "mul_"})


def mutate(site: Site) -> Iterator[Change]:
    """Yield the call with each two neighbours swapped, and without its last positional argument."""
    node = site.node
    if not isinstance(node, ast.Call):
        return
    args = node.args
    for index in range(len(args) - 1):
        first, second = args[index : index + 2]
        if isinstance(first, ast.Starred) or isinstance(second, ast.Starred) or called_name(node) in _EITHER_WAY_ROUND:
            continue
        yield Change(node, with_fields(node, args=[*args[:index], second, first, *args[index + 2 :]]))
    if len(args) > 1 and not isinstance(args[-1], ast.Starred):
        yield Change(node, with_fields(node, args=args[:-1]))
