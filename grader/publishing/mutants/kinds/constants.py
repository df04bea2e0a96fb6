"""A number moves by one, a truth value turns round."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site


def mutate(site: Site) -> Iterator[Change]:
    """Yield the neighbours of a number (a fraction also halved), the other truth value, and 0 in place of None."""
    node = site.node
    if not isinstance(node, ast.Constant) or _is_in_an_error(site):
        return
    value = node.value
    if isinstance(value, bool):
        yield Change(node, str(not value))
    elif isinstance(value, int):
        yield Change(node, str(value + 1))
        yield Change(node, str(value - 1) if value else "-1")
    elif isinstance(value, float):
        yield Change(node, repr(value + 1.0))
        yield Change(node, repr(value * 0.5) if value else "-1.0")


def _is_in_an_error(site: Site) -> bool:
    """Whether it is part of an error's message: nobody promises that."""
    return any(isinstance(node, ast.Raise) for node in site.around())
