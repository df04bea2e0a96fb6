"""A reduction or another well-known function becomes its sibling."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, with_fields

_PAIRS = (
    *(("sum", "mean"), ("min", "max"), ("amin", "amax"), ("argmin", "argmax"), ("any", "all"), ("ceil", "floor")),
    *(("cumsum", "cumprod"), ("var", "std"), ("zeros", "ones"), ("zeros_like", "ones_like")),
    *(("new_zeros", "new_ones"), ("softmax", "log_softmax"), ("sin", "cos"), ("relu", "sigmoid"), ("rand", "randn")),
    *(("minimum", "maximum"), ("logical_and", "logical_or"), ("zeros_", "ones_"), ("uniform_", "normal_")),
    *(("fan_in", "fan_out"), ("parameters", "buffers"), ("named_parameters", "named_buffers"), ("keys", "values")),
    *(("modules", "children"), ("named_modules", "named_children"), ("append", "extend"), ("stack", "cat")),
    *(("triu", "tril"), ("erf", "tanh"), ("add_", "sub_"), ("mul_", "div_"), ("isnan", "isinf")),
    *(("register_forward_hook", "register_forward_pre_hook"),),
    *(("register_full_backward_hook", "register_full_backward_pre_hook"),),
)
_SIBLINGS = {**dict(_PAIRS), **{second: first for first, second in _PAIRS}}
_ONE_WAY = {
    "prod": "sum",
    "median": "mean",
    "norm": "sum",
    "lerp_": "copy_",
    "log": "exp",
    "exp": "log",
    "sqrt": "square",
    "abs": "square",
    "round": "floor",
    "sorted": "list",
    "reversed": "list",
}


def mutate(site: Site) -> Iterator[Change]:
    """Yield the call with its function's sibling in its place."""
    node = site.node
    if not isinstance(node, ast.Call):
        return
    if isinstance(node.func, ast.Attribute):
        other = _SIBLINGS.get(node.func.attr) or _ONE_WAY.get(node.func.attr)
        if other and other != "list":
            yield Change(node.func, with_fields(node.func, attr=other))
    elif isinstance(node.func, ast.Name):
        if node.func.id in {"sorted", "reversed"} and node.args:
            yield Change(node, ast.Call(ast.Name("list"), [node.args[0]], []))
        elif node.func.id in {"min", "max", "any", "all"}:
            yield Change(node.func, _SIBLINGS[node.func.id])
