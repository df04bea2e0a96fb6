"""Modules that lie beside an answer, or that a notebook's cell writes: read with it."""

from __future__ import annotations

import ast
import dataclasses
import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TypeVar

from grader.course.magics import NotPython, python_of
from grader.engine.bans.findings import BannedUse, Broken, SourceFindings, Unclear


def modules_of(cells: Sequence[str], files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the sources of the student's own modules by their dotted names.

    >>> modules_of([], {"utils.py": b"x = 1", "data.csv": b"1,2", "kit/__init__.py": b""})
    {'utils': 'x = 1', 'kit': ''}
    """
    found = {_dotted(name): contents.decode("utf-8", "replace") for name, contents in files.items() if _is_module(name)}
    for name, contents in files.items():
        if name.endswith(".ipynb"):
            found[_dotted(name)] = notebook_source(contents)
    for cell in cells:
        for name, text, is_more in _written(cell):
            found[name] = found.get(name, "") + text if is_more else text
    if any("sys.path" in cell for cell in cells):
        found = {name.rpartition(".")[2]: text for name, text in found.items()} | found
    return found


def notebook_source(contents: bytes) -> str:
    """Return the code of a notebook as Python; "" for what is none, and without the cells that are no Python.

    >>> notebook_source(b'{"cells": [{"cell_type": "code", "source": ["x = 1"]}, {"cell_type": "markdown"}]}')
    'x = 1'
    """
    try:
        cells = json.loads(contents)["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return "\n".join(filter(None, map(_python, sources)))


def _python(source: str) -> str:
    try:
        return python_of(source)[0]
    except NotPython:
        return ""


def run_as_imports(cells: Sequence[str], modules: Mapping[str, str]) -> tuple[str, ...]:
    """Return cells in which `%run FILE` of one of these modules is an import of all that it holds.

    >>> run_as_imports(["get_ipython().run_line_magic('run', './kit.py')"], {"kit": "x = 1"})
    ('from kit import *',)
    """
    return tuple(_imported(cell, modules) for cell in cells)


def _imported(cell: str, modules: Mapping[str, str]) -> str:
    if "magic" not in cell:
        return cell
    try:
        statements = [node for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Expr)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return cell
    lines = cell.split("\n")
    for node in sorted(statements, key=lambda one: (one.lineno, one.col_offset), reverse=True):
        file = _file_run(node)
        if file is not None and _dotted(file) in modules and node.lineno == node.end_lineno:
            line = lines[node.lineno - 1].encode()
            text = f"from {_dotted(file)} import *".encode()
            lines[node.lineno - 1] = (line[: node.col_offset] + text + line[node.end_col_offset :]).decode()
    return "\n".join(lines)


def _file_run(node: ast.Expr) -> str | None:
    """Return the file that a `%run` names, None for another statement."""
    call = node.value
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or "magic" not in call.func.attr:
        return None
    words = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return run_file(words[1]) if len(words) > 1 and words[0] == "run" else None


def run_file(line: str) -> str | None:
    """Return the file that the line of a `%run` names, with the ending that it may leave out.

    >>> run_file("-i ./kit"), run_file("'my notes.ipynb' 3"), run_file("-i")
    ('./kit.py', 'my notes.ipynb', None)
    """
    try:
        words = [word for word in shlex.split(line) if not word.startswith("-")]
    except ValueError:
        words = line.split()
    if not words:
        return None
    return words[0] if words[0].endswith((".py", ".ipynb")) else f"{words[0]}.py"


def numbered(found: SourceFindings, cells: int) -> SourceFindings:
    """Return findings in the numbers of a submission's own cells; those in modules behind them get a negative one."""
    return dataclasses.replace(
        found,
        banned=_numbered(found.banned, cells),
        unclear=_numbered(found.unclear, cells),
        broken=_numbered(found.broken, cells),
        handed=_numbered(found.handed, cells),
        handed_unclear=_numbered(found.handed_unclear, cells),
        cells=cells,
    )


_Place = TypeVar("_Place", BannedUse, Unclear, Broken)


def _numbered(places: tuple[_Place, ...], cells: int) -> tuple[_Place, ...]:
    return tuple(dataclasses.replace(one, cell=-1) if one.cell >= cells else one for one in places)


def _is_module(name: str) -> bool:
    return name.endswith(".py")


def _dotted(name: str) -> str:
    path = PurePosixPath(name.removesuffix("/__init__.py"))
    plain = path.with_suffix("").as_posix().replace("/", ".")
    return f"{plain}__notebook" if path.suffix == ".ipynb" else plain


def _written(cell: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the modules that a notebook's cell writes with `%%writefile`: name, text, whether it is added to a file."""
    if "run_cell_magic" not in cell:
        return
    try:
        statements = ast.parse(cell).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in statements:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and len(node.value.args) == 3:
            name, file, text = (one.value if isinstance(one, ast.Constant) else None for one in node.value.args)
            if name in ("writefile", "file") and isinstance(file, str) and isinstance(text, str):
                words = [word for word in file.split() if not word.startswith("-")]
                if words and words[-1].endswith(".py"):
                    yield _dotted(words[-1]), text, "-a" in file.split()
