"""Modules that lie beside an answer, or that a notebook's cell writes: read with it."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from grader.engine.bans.findings import SourceFindings


def modules_of(cells: Sequence[str], files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the sources of the student's own modules by their dotted names.

    >>> modules_of([], {"utils.py": b"x = 1", "data.csv": b"1,2", "kit/__init__.py": b""})
    {'utils': 'x = 1', 'kit': ''}
    """
    found = {_dotted(name): contents.decode("utf-8", "replace") for name, contents in files.items() if _is_module(name)}
    return found | {name: text for cell in cells for name, text in _written(cell)}


def numbered(found: SourceFindings, cells: int) -> SourceFindings:
    """Return findings in the numbers of a submission's own cells; those in modules behind them get a negative one."""
    banned = tuple(dataclasses.replace(use, cell=-1) if use.cell >= cells else use for use in found.banned)
    unclear = tuple(dataclasses.replace(use, cell=-1) if use.cell >= cells else use for use in found.unclear)
    return dataclasses.replace(found, banned=banned, unclear=unclear, cells=cells)


def _is_module(name: str) -> bool:
    return name.endswith(".py")


def _dotted(name: str) -> str:
    return PurePosixPath(name.removesuffix("/__init__.py")).with_suffix("").as_posix().replace("/", ".")


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
                yield _dotted(file.split()[-1]), text
