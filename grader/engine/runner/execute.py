"""Executes a submission's source as a module, cell by cell, and tells where an exception came from."""

from __future__ import annotations

import linecache
import re
import sys
import types
from typing import Any

from grader.engine.runner.convert import safe_text, type_names
from grader.engine.wire import Load
from grader.records.observations import Raised

_CELL_NAME = re.compile(r"^(?P<file>.+?)(?:#(?P<cell>\d+))?$", re.DOTALL)


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


def execute(load: Load) -> tuple[Submission, tuple[tuple[int, Raised], ...]]:
    """Run the cells in one fresh module; an exception in one is noted and does not stop the next."""
    module = types.ModuleType(load.assignment)
    module.__file__ = load.filename
    sys.modules[load.assignment] = module
    errors: list[tuple[int, Raised]] = []
    for number, source in enumerate(load.cells, 1):
        filename = load.filename if len(load.cells) == 1 else f"{load.filename}#{number}"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        try:
            exec(compile(source, filename, "exec", dont_inherit=True), module.__dict__)
        except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt are the submission's too
            errors.append((number, describe(error, load.filename)))
    return Submission(module), tuple(errors)


def describe(error: BaseException, filename: str) -> Raised:
    """Return an exception as inert data, with the last line of the submission it passed through."""
    line = cell = None
    code = ""
    trace = error.__traceback__
    while trace is not None:
        found = _CELL_NAME.match(trace.tb_frame.f_code.co_filename)
        if found and found["file"] == filename:
            line = trace.tb_lineno
            cell = int(found["cell"]) if found["cell"] else None
            code = linecache.getline(trace.tb_frame.f_code.co_filename, line or 0).strip()[:200]
        trace = trace.tb_next
    return Raised(type_names(type(error)), safe_text(error), line, safe_text(code), cell)
