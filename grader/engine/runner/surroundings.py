"""What a submission finds around it: a notebook's builtins, eager compilers, and global state that is put back."""

from __future__ import annotations

import builtins
import os
import signal
import sys
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy
import torch

from grader.engine.bans.local_modules import notebook_source, run_file


class Nothing:
    """Stands for what a notebook's own machinery would do: any use of it gives itself."""

    def __getattr__(self, name: str) -> Nothing:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> Nothing:
        return self


class Shell(Nothing):
    """What `get_ipython()` gives: it runs Python that a magic was put around, and no program of the system."""

    def __init__(self, namespace: Callable[[], dict[str, Any]]) -> None:
        self._namespace = namespace

    def run_line_magic(self, name: str, line: str = "", *_: Any, **__: Any) -> None:
        """Run what `%time` or `%timeit` times and the file that `%run` names; pass over other magics."""
        if name in ("time", "timeit", "prun"):
            exec(line, self._namespace())
        elif name == "run" and (file := run_file(line)):
            path = Path(file).resolve()  # a whole name tells a tracer that it is the student's own
            source = notebook_source(path.read_bytes()) if file.endswith(".ipynb") else path.read_text(encoding="utf-8")
            exec(compile(source, str(path), "exec"), self._namespace())

    magic = run_line_magic

    def run_cell_magic(self, name: str, line: str = "", cell: str = "", *_: Any, **__: Any) -> None:
        """Run a cell that is Python, write one that `%%writefile` begins; pass over other languages."""
        words = [word for word in line.split() if not word.startswith("-")]
        if name in ("time", "timeit", "capture", "prun"):
            exec(cell, self._namespace())
        elif name in ("writefile", "file") and words:
            path = Path(words[-1])
            path.parent.mkdir(parents=True, exist_ok=True)
            mode = "a" if "-a" in line.split() else "w"
            with path.open(mode, encoding="utf-8") as file:
                file.write(cell)

    def getoutput(self, *_: Any, **__: Any) -> list[str]:
        """Return what a program of the system printed: nothing."""
        return []

    def system(self, *_: Any, **__: Any) -> None:
        """Run no program of the system."""


def _display(*things: Any, **_: Any) -> None:
    for thing in things:
        print(repr(thing))


def _eager(thing: Any = None, *_: Any, **__: Any) -> Any:
    """Return a function or module as it is, in the place of what compiles it; without one, a decorator that does."""
    return thing if thing is not None else _eager


def furnish(namespace: Callable[[], dict[str, Any]]) -> None:
    """Give builtins what a notebook has, and let torch's compilers leave things as they are: no compiler runs here."""
    shell = Shell(namespace)
    vars(builtins).update(display=_display, get_ipython=lambda: shell)
    torch.compile = torch.jit.script = torch.jit.trace = _eager


def put_files(files: Mapping[str, bytes]) -> None:
    """Write what lies beside the answer into the scratch directory, to be read and imported, and not to be changed."""
    if files or os.access(".", os.W_OK):
        sys.path.append(os.getcwd())
    for name, contents in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents)
        path.chmod(0o444)


DEEPEST = 6_000
"""Calls that may stand upon each other, whatever limit is set: more would overflow the stack of native code."""


def cap_recursion() -> None:
    """Let a recursion without end raise `RecursionError`, as Python does, where a submission raised the limit."""
    set_limit = sys.setrecursionlimit

    def setrecursionlimit(limit: int, /) -> None:
        set_limit(min(limit, DEEPEST))

    sys.setrecursionlimit = setrecursionlimit


class Surroundings:
    """The global state before the submission was loaded, put back before each exercise."""

    def __init__(self, output: Any) -> None:
        self._output = output
        self._directory = os.getcwd()
        self._recursion = sys.getrecursionlimit()
        self._filters = list(warnings.filters)
        self._warnings = warnings.catch_warnings()
        self._warnings.__enter__()
        self._numpy_errors = numpy.geterr()
        self._threads = torch.get_num_threads()

    def put_back(self) -> None:
        """Put back what a file may leave behind at its end: modes of torch and numpy, streams, directory, alarms."""
        torch.set_grad_enabled(True)
        torch.set_default_dtype(torch.float32)
        if getattr(sys.modules.get("torch.utils._device"), "CURRENT_DEVICE", None) is not None:
            torch.set_default_device(None)
        if torch.get_num_threads() != self._threads:
            torch.set_num_threads(self._threads)
        if torch.are_deterministic_algorithms_enabled():
            torch.use_deterministic_algorithms(False)
        sys.stdout = sys.stderr = self._output
        if sys.getrecursionlimit() != self._recursion:
            sys.setrecursionlimit(self._recursion)
        if warnings.filters != self._filters:
            self._warnings.__exit__(None, None, None)
            self._warnings = warnings.catch_warnings()
            self._warnings.__enter__()
        numpy.seterr(**self._numpy_errors)
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        os.chdir(self._directory)
