"""What a statement of Python does for those who execute or read it: what it binds, and whether it may fail."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator

_SAFE_BASES = frozenset({"object", "Module", "Function", "Dataset", "IterableDataset", "Sampler", "ABC"})
_SAFE_DECORATORS = frozenset({"staticmethod", "classmethod", "property"})


@dataclasses.dataclass(frozen=True)
class LeftOut:
    """A cell that is no Python: its number, what it would have defined, and why it is left out."""

    cell: int
    names: tuple[str, ...]
    message: str


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def cannot_fail(statement: ast.stmt) -> bool:
    """Whether executing a statement only defines something, and surely comes to its end.

    Annotations do not count: a definition that they make fail is executed once more without evaluating them.

    >>> cannot_fail(ast.parse("def f(x: Unknown, n=3): return x / 0").body[0])
    True
    >>> cannot_fail(ast.parse("def f(x, n=g()): return x").body[0])
    False
    """
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        defaults = [*statement.args.defaults, *(one for one in statement.args.kw_defaults if one is not None)]
        return not statement.decorator_list and all(map(_is_literal, defaults))
    if isinstance(statement, ast.ClassDef):
        known = all(_last(base) in _SAFE_BASES for base in statement.bases)
        return known and not statement.keywords and not statement.decorator_list and all(map(_is_quiet, statement.body))
    return False


def only_defines(statement: ast.stmt) -> bool:
    """Whether a statement imports, defines, or names something without a call.

    >>> [only_defines(one) for one in ast.parse("import torch; n = 3; n = f(); f()").body]
    [True, True, False, False]
    """
    if isinstance(statement, ast.Import | ast.ImportFrom | Definition):
        return True
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return not any(isinstance(node, ast.Call | ast.Await) for node in ast.walk(statement))
    return False


def definitions(statement: ast.stmt) -> Iterator[Definition]:
    """Yield the functions and classes that a statement of the module level may define, blocks included."""
    if isinstance(statement, Definition):
        yield statement
        return
    for part in (statement, *getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        for field in ("body", "orelse", "finalbody"):
            for inner in getattr(part, field, ()):
                yield from definitions(inner)


def bound_names(statement: ast.stmt) -> tuple[str, ...]:
    """Return the names that a statement may bind where it stands.

    >>> bound_names(ast.parse("import numpy.linalg, torch as t").body[0])
    ('numpy', 't')
    """
    if isinstance(statement, Definition):
        return (statement.name,)
    found: dict[str, None] = {}
    nodes: list[ast.AST] = [statement]
    while nodes:
        node = nodes.pop(0)
        if isinstance(node, Definition):
            found[node.name] = None
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name.partition(".")[0]): None for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found[node.id] = None
        nodes += [child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.Lambda)]
    return tuple(found)


def _is_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.operand, ast.Constant) and isinstance(node.operand.value, int | float)
    if isinstance(node, ast.Tuple):
        return all(map(_is_literal, node.elts))
    return isinstance(node, ast.Constant)


def _is_quiet(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        known = all(isinstance(one, ast.Name) and one.id in _SAFE_DECORATORS for one in statement.decorator_list)
        defaults = [*statement.args.defaults, *(one for one in statement.args.kw_defaults if one is not None)]
        return known and all(map(_is_literal, defaults))
    if isinstance(statement, ast.Expr | ast.Assign):
        simple = isinstance(statement, ast.Expr) or all(isinstance(one, ast.Name) for one in statement.targets)
        return simple and _is_literal(statement.value)
    return isinstance(statement, ast.Pass) or (isinstance(statement, ast.AnnAssign) and statement.value is None)


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
