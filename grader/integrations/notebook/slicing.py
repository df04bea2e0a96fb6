"""The part of a notebook's history that an answer needs: in a live kernel nobody wants every old attempt run again."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from grader.course.magics import NotPython, python_of


def needed_source(cells: Sequence[str], names: Iterable[str]) -> str:
    """Return the statements of executed cells that define `names`, and what these need in turn, in order.

    A statement that defines nothing (a call, a loop that prints) is left out, and so is a definition that a later one
    of the same names replaces. Cells that are no Python are passed over. Nothing is executed.

    >>> print(needed_source(["k = 2", "def f(x): return 1", "f(3)", "def f(x): return k * x"], ["f"]))
    k = 2
    def f(x): return k * x
    """
    statements = [statement for cell in cells for statement in _statements(cell)]
    wanted, found = set(names), set[int]()
    while True:
        chosen = [at for at, one in enumerate(statements) if at not in found and one.binds & wanted]
        if not chosen:
            break
        for at in chosen:
            found.add(at)
            wanted |= statements[at].uses
    kept = [statements[at] for at in sorted(found)]
    live = [one for at, one in enumerate(kept) if not _replaced(one, kept[at + 1 :])]
    return "\n".join(one.text for one in live)


class _Statement:
    def __init__(self, node: ast.stmt, text: str) -> None:
        self.node, self.text = node, text
        self.binds = set(_bound(node))
        self.uses = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}

    @property
    def defines(self) -> bool:
        """Whether it is a definition that replaces an earlier one of the same name whole."""
        return isinstance(
            self.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom
        )


def _replaced(one: _Statement, later: Sequence[_Statement]) -> bool:
    """Say whether later definitions replace all that a definition binds before anything else touches it."""
    if not one.defines:
        return False
    gone = {name for other in later if other.defines for name in other.binds}
    between = {name for other in later if not other.defines for name in other.binds | other.uses}
    return bool(one.binds) and one.binds <= gone and not one.binds & between


def _statements(cell: str) -> list[_Statement]:
    try:
        source, _ = python_of(cell)
        tree = ast.parse(source)
    except (NotPython, SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    lines = source.split("\n")
    found = []
    for node in tree.body:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        text = "\n".join(lines[first - 1 : node.end_lineno])
        if not _shares_a_line(tree, node):
            found.append(_Statement(node, text))
        else:
            found.append(_Statement(node, ast.unparse(node)))
    return found


def _shares_a_line(tree: ast.Module, node: ast.stmt) -> bool:
    others = [other for other in tree.body if other is not node]
    return any(other.lineno <= (node.end_lineno or 0) and (other.end_lineno or 0) >= node.lineno for other in others)


def _bound(node: ast.stmt) -> Iterable[str]:
    """Yield the names that a statement binds or changes at the top level."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
        return
    if isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            yield (alias.asname or alias.name).partition(".")[0]
        return
    if isinstance(node, ast.Expr):
        return
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield inner.name
        elif isinstance(inner, ast.Import | ast.ImportFrom):
            for alias in inner.names:
                yield (alias.asname or alias.name).partition(".")[0]
        elif isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store | ast.Del):
            yield inner.id
        elif isinstance(inner, ast.Attribute | ast.Subscript) and isinstance(inner.ctx, ast.Store | ast.Del):
            base: ast.expr = inner
            while isinstance(base, ast.Attribute | ast.Subscript):
                base = base.value
            if isinstance(base, ast.Name):
                yield base.id
