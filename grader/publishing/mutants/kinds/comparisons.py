"""A comparison takes in its bound or leaves it out, or looks the other way."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, with_fields

_OTHERS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq, ast.LtE, ast.GtE),
    ast.NotEq: (ast.Eq, ast.Lt, ast.Gt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


def mutate(site: Site) -> Iterator[Change]:
    """Yield the comparison with each of its operators replaced."""
    node = site.node
    if isinstance(node, ast.Compare):
        for index, operator in enumerate(node.ops):
            for other in _OTHERS[type(operator)]:
                yield Change(node, with_fields(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]]))
