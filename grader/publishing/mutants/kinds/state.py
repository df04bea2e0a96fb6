"""A buffer, a parameter or a registered module becomes a plain attribute, or the one becomes the other."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, called_name, with_fields

_PLAIN = {"Parameter": "", "Buffer": "", "ModuleList": "list", "ModuleDict": "dict", "ParameterList": "list"}


def mutate(site: Site) -> Iterator[Change]:
    """Yield plain attributes in place of what a module would register, and buffers of the other persistence."""
    node = site.node
    if not isinstance(node, ast.Call):
        return
    name = called_name(node)
    if name in {"register_buffer", "register_parameter"} and isinstance(node.func, ast.Attribute):
        yield from _registered(node, node.func, name)
    elif name in _PLAIN and node.args:
        plain = _PLAIN[name]
        yield Change(node, ast.Call(ast.Name(plain), [node.args[0]], []) if plain else node.args[0])
        if name == "Parameter" and isinstance(node.func, ast.Attribute):
            yield Change(node, with_fields(node, func=with_fields(node.func, attr="Buffer"), keywords=[]))
            if not node.keywords:
                frozen = ast.keyword("requires_grad", ast.Constant(False))
                yield Change(node, with_fields(node, keywords=[frozen]))


def _registered(node: ast.Call, called: ast.Attribute, name: str) -> Iterator[Change]:
    if len(node.args) < 2:
        return
    holder = ast.unparse(called.value)
    key, value = node.args[:2]
    yield Change(node, f"setattr({holder}, {ast.unparse(key)}, {ast.unparse(value)})")
    if name == "register_buffer":
        yield Change(node, f"{holder}.register_parameter({ast.unparse(key)}, torch.nn.Parameter({ast.unparse(value)}))")
        if not any(keyword.arg == "persistent" for keyword in node.keywords):
            transient = ast.keyword("persistent", ast.Constant(False))
            yield Change(node, with_fields(node, keywords=[*node.keywords, transient]))
