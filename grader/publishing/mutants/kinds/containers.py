"""A container's copy is left out, two of its elements change places, it becomes another kind of container."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, with_fields

_COPIES = frozenset({"list", "tuple", "dict", "set", "frozenset", "OrderedDict"})


def mutate(site: Site) -> Iterator[Change]:
    """Yield containers without their copy, with neighbours swapped, or of another kind.

    A list in place of a tuple is no mutation: the checks take the one for the other unless told otherwise.
    """
    node = site.node
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _COPIES and node.args:
        yield Change(node, node.args[0])
    elif isinstance(node, ast.Tuple | ast.List) and isinstance(node.ctx, ast.Load):
        yield from _swapped(node, site.parent)
    elif isinstance(node, ast.ListComp) and isinstance(site.parent, ast.Return | ast.Assign | ast.Dict):
        yield Change(node, ast.GeneratorExp(node.elt, node.generators))
    elif isinstance(node, ast.Dict) and len(node.values) > 1:
        for index in range(len(node.values) - 1):
            values = list(node.values)
            values[index], values[index + 1] = values[index + 1], values[index]
            yield Change(node, with_fields(node, values=values))


def _swapped(node: ast.Tuple | ast.List, parent: ast.AST | None) -> Iterator[Change]:
    if any(isinstance(one, ast.Starred) for one in node.elts):
        return
    for index in range(len(node.elts) - 1):
        elements = list(node.elts)
        elements[index], elements[index + 1] = elements[index + 1], elements[index]
        text = ast.unparse(with_fields(node, elts=elements))
        bare = isinstance(node, ast.Tuple) and isinstance(parent, ast.Return | ast.Subscript | ast.Assign)
        yield Change(node, text.removeprefix("(").removesuffix(")") if bare and text.startswith("(") else text)
