"""Modules that lie beside an answer, put before it: so the analysis sees what the answer imports of them."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from grader.engine.bans.findings import SourceFindings


def with_neighbours(cells: Sequence[str], files: Mapping[str, bytes]) -> tuple[tuple[str, ...], int]:
    """Return cells with the modules that they import by name in front, and how many these are.

    `from utils import f` becomes nothing where `f` keeps its name, `f = g` where it is renamed. What is imported in
    another way stays an import that the analysis knows nothing of.

    >>> with_neighbours(["from utils import f, g as h"], {"utils.py": b"def f(): pass"})
    (('def f(): pass', 'pass; h = g'), 1)
    """
    modules = {
        PurePosixPath(name).with_suffix("").as_posix().replace("/", "."): contents.decode("utf-8", "replace")
        for name, contents in files.items()
        if name.endswith(".py")
    }
    modules |= {name: text for cell in cells for name, text in _written(cell)}
    used: dict[str, str] = {}
    rewritten = [_rewritten(cell, modules, used) for cell in cells] if modules else list(cells)
    return (*used.values(), *rewritten), len(used)


def numbered(found: SourceFindings, count: int) -> SourceFindings:
    """Return findings on cells with `count` modules in front, in the cells' own numbers; a module's is negative."""
    if not count:
        return found
    banned = tuple(dataclasses.replace(use, cell=use.cell - count) for use in found.banned)
    unclear = tuple(dataclasses.replace(use, cell=use.cell - count) for use in found.unclear)
    return dataclasses.replace(found, banned=banned, unclear=unclear, cells=found.cells - count)


def _written(cell: str) -> Iterator[tuple[str, str]]:
    """Yield the modules that a notebook's cell writes with `%%writefile`, by name, with their text."""
    if "writefile" not in cell:
        return
    try:
        statements = ast.parse(cell).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in statements:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and len(node.value.args) == 3:
            name, file, text = (one.value if isinstance(one, ast.Constant) else None for one in node.value.args)
            if name == "writefile" and isinstance(file, str) and isinstance(text, str) and file.endswith(".py"):
                yield PurePosixPath(file.split()[-1]).with_suffix("").as_posix().replace("/", "."), text


def _rewritten(cell: str, modules: Mapping[str, str], used: dict[str, str]) -> str:
    try:
        statements = ast.parse(cell).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return cell
    lines = cell.split("\n")
    for node in statements:
        if not isinstance(node, ast.ImportFrom) or node.module is None or node.module not in modules or node.level:
            continue
        if node.module not in used:
            used[node.module] = ""  # first, so that modules that import each other end
            used[node.module] = _rewritten(modules[node.module], modules, used)
        renamed = [f"{alias.asname} = {alias.name}" for alias in node.names if alias.asname not in (None, alias.name)]
        last = node.end_lineno or node.lineno
        lines[node.lineno - 1 : last] = ["; ".join(["pass", *renamed])] + [""] * (last - node.lineno)
    return "\n".join(lines)
