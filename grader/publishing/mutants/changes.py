"""What a mutator is shown and what it answers: places in a syntax tree, and what could stand there instead."""

from __future__ import annotations

import ast
import copy
import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeVar

Node = TypeVar("Node", bound=ast.AST)

_COMPOUND = (ast.BinOp, ast.BoolOp, ast.Compare, ast.UnaryOp, ast.IfExp, ast.Lambda, ast.Await, ast.GeneratorExp)
_DELIMITING = (
    ast.Return,
    ast.Assign,
    ast.AugAssign,
    ast.AnnAssign,
    ast.Expr,
    ast.If,
    ast.While,
    ast.For,
    ast.keyword,
    ast.Slice,
    ast.Tuple,
    ast.List,
    ast.ListComp,
    ast.Set,
    ast.Dict,
)


@dataclasses.dataclass(frozen=True)
class Site:
    """A node inside a solution, with what is around it."""

    node: ast.AST
    parents: Mapping[ast.AST, ast.AST]

    @property
    def parent(self) -> ast.AST | None:
        """The node right around this one."""
        return self.parents.get(self.node)

    def around(self) -> Iterator[ast.AST]:
        """Yield the nodes around this one, from the inside out."""
        node = self.parent
        while node is not None:
            yield node
            node = self.parents.get(node)

    def function(self) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """Return the innermost function around this node."""
        functions = (node for node in self.around() if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
        return next(functions, None)


@dataclasses.dataclass(frozen=True)
class Change:
    """One place, and what shall stand there."""

    old: ast.AST
    new: ast.AST | str
    upto: ast.AST | None = None
    """The last node that is replaced; None when it is `old` itself."""


class Mutator(Protocol):
    """A kind of mutation."""

    def __call__(self, site: Site) -> Iterator[Change]:
        """Yield the changes of this kind that are possible at this very node."""
        ...


def with_fields(node: Node, **fields: Any) -> Node:
    """Return a shallow copy of a node with some fields changed."""
    copied = copy.copy(node)
    for name, value in fields.items():
        setattr(copied, name, value)
    return copied


def called_name(node: ast.AST) -> str:
    """Return the last part of the name that a call calls, "" for anything else.

    >>> called_name(ast.parse("torch.nn.Linear(2, 3)", mode="eval").body)
    'Linear'
    """
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def dropped_methods(node: ast.AST, names: frozenset[str]) -> Iterator[Change]:
    """Yield a change of `x.name(...)` to `x` when the method is one of these."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
        yield Change(node, node.func.value)


def spliced(source: str, change: Change, parents: Mapping[ast.AST, ast.AST]) -> str:
    """Return the source with a change made; everything else stays as it was written.

    >>> tree = ast.parse("y = (a + b) * c")
    >>> inner = tree.body[0].value.left
    >>> spliced("y = (a + b) * c", Change(inner, with_fields(inner, op=ast.Sub())), {})
    'y = (a - b) * c'
    """
    data = source.encode()
    start = _offset(data, change.old, end=False)
    stop = _offset(data, change.upto or change.old, end=True)
    before, after = data[:start], data[stop:]
    text = change.new if isinstance(change.new, str) else ast.unparse(change.new)
    closed = before.endswith(b"(") and after.startswith(b")")
    if isinstance(change.new, _COMPOUND) and not closed and not _delimited(change.old, parents.get(change.old)):
        text = f"({text})"
    return (before + text.encode() + after).decode()


def _delimited(old: ast.AST, parent: ast.AST | None) -> bool:
    if isinstance(parent, ast.Call):
        return old is not parent.func
    if isinstance(parent, ast.Subscript):
        return old is parent.slice
    return isinstance(parent, _DELIMITING)


def _offset(data: bytes, node: ast.AST, *, end: bool) -> int:
    line = getattr(node, "end_lineno" if end else "lineno")
    column: int = getattr(node, "end_col_offset" if end else "col_offset")
    return sum(len(one) for one in data.splitlines(keepends=True)[: line - 1]) + column
