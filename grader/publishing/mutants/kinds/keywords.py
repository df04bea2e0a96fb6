"""A keyword argument is left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, with_fields

_OF_NO_CONSEQUENCE = frozenset({"device", "stacklevel"})


def mutate(site: Site) -> Iterator[Change]:
    """Yield the call without each of its keyword arguments; a device cannot be told apart where there is only one."""
    node = site.node
    if isinstance(node, ast.Call):
        for index, keyword in enumerate(node.keywords):
            if keyword.arg not in _OF_NO_CONSEQUENCE:
                yield Change(node, with_fields(node, keywords=[*node.keywords[:index], *node.keywords[index + 1 :]]))
