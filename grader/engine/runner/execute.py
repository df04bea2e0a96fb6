"""Executes a submission's source as a module, statement by statement, and tells where an exception came from."""

from __future__ import annotations
import __future__

import ast
import asyncio
import inspect
import linecache
import re
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

from grader.engine.runner.convert import safe_text, type_names
from grader.engine.wire import Load, LoadError
from grader.records.observations import Raised
from grader.records.statements import Definition, bound_names, definitions

_CELL_NAME = re.compile(r"^(?P<file>.+?)(?:#(?P<cell>\d+))?$", re.DOTALL)

_LATE_ANNOTATIONS = __future__.annotations.compiler_flag

Tell = Callable[[int, int, int, tuple[str, ...]], None]
"""Called with cell, statement, line and the names it binds before a statement that may take long or end the process.

All are counted from 1.
"""


class MissingName(Exception):
    """A probe asked the submission for a name that it does not define."""


class Submission:
    """What a probe sees of a submission: its names as attributes."""

    def __init__(self, module: types.ModuleType) -> None:
        self._module = module

    def _defined(self) -> list[object]:
        """Return the names that the module defines; a submission may have put anything among them."""
        return list(self._module.__dict__)

    def __getattr__(self, name: str) -> Any:
        try:
            return self._module.__dict__[name]
        except KeyError:
            raise MissingName(name) from None


def execute(load: Load, tell: Tell) -> tuple[Submission, tuple[LoadError, ...]]:
    """Run the cells in one fresh module; a statement that raises is noted and does not stop the next.

    A function or class whose name is later taken for something else or away, as by the variable of a loop or of an
    `except`, is put back in the end: it is what was written as the answer.
    """
    module = types.ModuleType("__main__" if load.notebook else load.assignment)
    module.__file__ = load.filename
    sys.modules[load.assignment] = module
    if load.notebook:
        sys.modules["__main__"] = module
    errors: list[LoadError] = []
    defined: dict[str, object] = {}
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    for cell, source in enumerate(load.cells, 1):
        filename = load.filename if len(load.cells) == 1 else f"{load.filename}#{cell}"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        try:
            statements = ast.parse(source, filename).body
        except BaseException as error:  # noqa: BLE001 - a cell that cannot be parsed does not stop the next
            errors.append(LoadError(cell, describe(error, load.filename)))
            continue
        for place, statement in enumerate(statements, 1):
            if (cell, place) in load.skip:
                continue
            binds = bound_names(statement)[:100]
            if _may_take_long(statement):
                tell(cell, place, statement.lineno, binds)
            flags |= _future_flags(statement)
            try:
                _run(statement, filename, flags, module)
                defined |= {one.name: module.__dict__[one.name] for one in definitions(statement)}
            except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt are the submission's too
                errors.append(LoadError(cell, _placed(describe(error, load.filename), load, cell, statement), binds))
    _put_back(module, defined)
    return Submission(module), tuple(errors)


def _run(statement: ast.stmt, filename: str, flags: int, module: types.ModuleType) -> None:
    try:
        _execute(statement, filename, flags, module)
    except NameError:
        if not isinstance(statement, Definition) or flags & _LATE_ANNOTATIONS:
            raise
        # Perhaps only an annotation names what was not imported, such as `Tensor`: it is no part of the answer.
        _execute(statement, filename, flags | _LATE_ANNOTATIONS, module)


def _execute(statement: ast.stmt, filename: str, flags: int, module: types.ModuleType) -> None:
    code = compile(ast.Module([statement], []), filename, "exec", flags, dont_inherit=True)
    if code.co_flags & inspect.CO_COROUTINE:
        asyncio.run(eval(code, module.__dict__))
    else:
        exec(code, module.__dict__)


def _future_flags(statement: ast.stmt) -> int:
    """Return the compiler's flags that `from __future__ import ...` sets for what follows."""
    if not isinstance(statement, ast.ImportFrom) or statement.module != "__future__":
        return 0
    features = [getattr(__future__, alias.name, None) for alias in statement.names]
    flags = 0
    for feature in features:
        flags |= feature.compiler_flag if isinstance(feature, __future__._Feature) else 0
    return flags


def _may_take_long(statement: ast.stmt) -> bool:
    """Say whether a statement runs code of somebody's; a plain definition does not."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return bool(statement.decorator_list or statement.args.defaults or statement.args.kw_defaults)
    return not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))


def _put_back(module: types.ModuleType, definitions: dict[str, object]) -> None:
    for name, definition in definitions.items():
        if name not in module.__dict__ or not _can_answer(module.__dict__[name], definition):
            module.__dict__[name] = definition


def _can_answer(current: object, definition: object) -> bool:
    """Say whether what a name stands for in the end may be meant in the place of the definition."""
    if isinstance(definition, type):
        return isinstance(current, type) or inspect.isroutine(current)
    return callable(current)


def _placed(raised: Raised, load: Load, cell: int, statement: ast.stmt) -> Raised:
    """Return an error with its statement's own line where the traceback holds none of the submission's."""
    if raised.line is not None:
        return raised
    number = cell if len(load.cells) > 1 else None
    return Raised(raised.type_names, raised.message, statement.lineno, raised.code, number)


def describe(error: BaseException, filename: str) -> Raised:
    """Return an exception as inert data, with the last line of the submission it passed through."""
    line = cell = None
    code = ""
    for frame_file, frame_line in _frames(error):
        found = place_in(frame_file, frame_line, filename)
        if found[0] is not None:
            line, cell = found
            code = linecache.getline(frame_file, frame_line or 0).strip()[:200]
    return Raised(type_names(type(error)), safe_text(error), line, safe_text(code), cell)


def place_in(frame_file: str, line: int, filename: str) -> tuple[int | None, int | None]:
    """Return the line and cell of a frame's place in a submission; nothing for a place in another file.

    >>> place_in("answer.py#2", 7, "answer.py"), place_in("answer.py", 7, "answer.py"), place_in("a.py", 7, "b.py")
    ((7, 2), (7, None), (None, None))
    """
    found = _CELL_NAME.match(frame_file)
    if not found or found["file"] != filename:
        return None, None
    return line, int(found["cell"]) if found["cell"] else None


def _frames(error: BaseException) -> Iterator[tuple[str, int]]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
