"""Turns what a notebook's cell says to Jupyter into Python that runs anywhere; nothing is executed here."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from grader.course.setup_cell import without_installation
from grader.records.text.places import place_of
from grader.records.text.saying import say

_CHECKED = re.compile(
    r"^(?P<indent>[ \t]*)(?:from grader\.magic import check_cell|check_cell\(\s*[\"'][\w.]+[\"']\s*\)"
    r"|check\(\s*[\"']\w+\.\w+[\"']\s*\)|%(?:re)?load_ext grader|%course\b.*"
    r"|get_ipython\(\)\.run_line_magic\('(?:(?:re)?load_ext', 'grader|course', '[^']*)'\))[ \t]*(?:#.*)?$",
    re.MULTILINE,
)
"""The lines of a notebook that check an answer or make that ready, and do not belong to it."""

_PYTHON_CELLS = frozenset({"time", "timeit", "capture", "prun", "mprun", "memit", "exercise"})
"""Magics around Python that the notebook itself runs."""

_KEPT_CELLS = frozenset({"writefile", "file"})
_KEPT_LINES = frozenset({"run"})
"""Magics that leave something that answers use: they are carried out where the answer runs."""

_COMMANDS = """
pip conda mamba uv cd ls ll pwd mkdir rmdir rm mv cp cat head tail less more man clear cls echo env who whos reset run
time timeit load_ext matplotlib pylab history pinfo psearch store nvidia-smi wget curl git unzip apt apt-get export
source python python3 sudo
"""
_AUTOMAGIC = frozenset(_COMMANDS.split())
"""Words with which Jupyter takes a line for a magic or a command although no sign stands before it."""

_AUTO_LINE = re.compile(r"^(?P<indent>[ \t]*)(?P<word>[\w-]+)(?:[ \t]+[^=\s(\[,.].*)?$")
_OPTIONS = re.compile(r"^\s*(?:-\S+\s+(?:\d+\s+)?)*")

_MAX_MAGICS = 200
"""In one cell; each costs a compilation."""

_MOST_COMPILED = 4 << 20
"""Characters, the compilations of one cell together."""

_CHAIN = re.compile(r"(?<![\w.])(?:\w++[\s\\]*+\.[\s\\]*+){500}")
"""A dotted name so long that reading it takes Python minutes: nobody writes one by hand."""


_WORDS = re.compile(r"\w++|[^\w\s]")
_MOST_WORDS = 100_000
"""Words and signs in one file. To parse one takes Python a kilobyte and some microseconds."""
_MOST_BRACES = 20_000
"""Of these: what an f-string of n fields takes grows with n squared."""


class NotPython(Exception):
    """Source that cannot be compiled: what is wrong, and where when that is known."""

    def __init__(self, message: str, line: int | None = None, text: str = "", column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.text = text
        self.column = column

    def located(self) -> str:
        """Return the message with the line and its number, and a caret below where Python stopped."""
        if self.line is None:
            return self.message
        text = self.text.rstrip("\r\n").replace("\t", " ")
        indent = len(text) - len(text.lstrip())
        place = f"{place_of(self.line)}: {self.message}"
        if not text.strip():
            return place
        start = max(0, self.column - 1 - 100)
        excerpt = text[max(indent, start) :][:160]
        caret = max(0, self.column - 1 - max(indent, start))
        return f"{place}\n    {excerpt}\n    {' ' * min(caret, len(excerpt))}^"


def python_of(cell: str, filename: str = "cell") -> tuple[str, bool]:
    """Return a cell's source as Python, and whether anything was changed but lines that check.

    Nothing is executed. Magics and shell lines become `pass`; what is Python in them stays (`%time statement`, a cell
    below `%%time`), and so do `%run` and `%%writefile`, as calls of `get_ipython()`. Which lines are magics IPython's
    own transformer says.
    Raises `NotPython` for a cell in another language and for one that does not compile.

    >>> python_of("%matplotlib inline\\nx = 1")
    ('pass\\nx = 1', True)
    >>> python_of("x = (7\\n % 4)")
    ('x = (7\\n % 4)', False)
    >>> python_of("pip install x\\nfiles = !ls\\n%time y = 2")
    ('pass\\nfiles = []\\ny = 2', True)
    """
    source = _without_cell_magic(cell)
    changed = source != cell
    if "grader" in source:
        source = without_installation(source)
    if "check" in source or "grader" in source or "%course" in source:
        source = _CHECKED.sub(r"\g<indent>pass", source)
    given = source
    try:
        check_compiles(source, filename)
    except NotPython:
        source = _transformed(source, filename)
    if "get_ipython" in source:
        source = _unwrapped(source)
        check_compiles(source, filename)
    return source, changed or source != given


def _transformed(source: str, filename: str) -> str:
    """Return source whose magics are calls of `get_ipython()`, and whose commands without a sign are `pass`."""
    lines = "".join(_with_calls(source.splitlines(keepends=True))).split("\n")
    for attempt in range(_MAX_MAGICS + 1):
        try:
            check_compiles("\n".join(lines), filename)
        except NotPython as problem:
            spent = attempt == _MAX_MAGICS or attempt * len(source) > _MOST_COMPILED
            if spent or problem.line is None or not _is_automagic(lines, problem.line - 1):
                raise
            lines[problem.line - 1] = f"{_indent(lines[problem.line - 1])}pass"
        else:
            break
    return "\n".join(lines)


def _with_calls(lines: list[str]) -> list[str]:
    """Let IPython turn one magic after another into a call; a magic of several lines leaves blank ones behind."""
    from IPython.core.inputtransformer2 import TransformerManager  # half a second that only magics need

    manager: Any = TransformerManager()  # type: ignore[no-untyped-call]  # IPython publishes few types
    unterminated = bool(lines) and not lines[-1].endswith("\n")
    if unterminated:
        lines = [*lines[:-1], lines[-1] + "\n"]
    for _ in range(_MAX_MAGICS):
        try:
            changed, new = manager.do_one_token_transform(lines)
        except SyntaxError:
            break  # where it is no Python is said when it is compiled
        if not changed:
            break
        first = next((at for at, (old, now) in enumerate(zip(lines, new, strict=False)) if old != now), len(new) - 1)
        lines = [*new[: first + 1], *["\n"] * (len(lines) - len(new)), *new[first + 1 :]]
    return [*lines[:-1], lines[-1].removesuffix("\n")] if unterminated else lines


def _is_automagic(lines: list[str], index: int) -> bool:
    found = _AUTO_LINE.match(lines[index]) if 0 <= index < len(lines) else None
    return found is not None and found["word"] in _AUTOMAGIC


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _unwrapped(source: str) -> str:
    """Return source in which calls of `get_ipython()` that stand alone are what they run, or `pass`.

    Lines stay where they are, but for the lines of a cell that was written as one string.
    """
    lines = source.split("\n")
    for statement in reversed(list(_statements(ast.parse(source)))):
        last = statement.end_lineno or statement.lineno
        whole = "\n".join(lines[statement.lineno - 1 : last])
        put = _instead(statement, whole)
        if put is not None:
            indent = _indent(lines[statement.lineno - 1])
            new = [f"{indent}{line}" if line else "" for line in put.split("\n")]
            lines[statement.lineno - 1 : last] = new + [""] * (last - statement.lineno + 1 - len(new))
    return "\n".join(lines)


def _statements(tree: ast.Module) -> Iterator[ast.Expr | ast.Assign]:
    """Yield, in order, the statements that may be a magic and share no line with another."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    simple = [node for node in found if isinstance(node, ast.Expr | ast.Assign) and _call(node) is not None]
    counts: dict[int, int] = {}
    for node in found:
        if not hasattr(node, "body"):
            counts[node.lineno] = counts.get(node.lineno, 0) + 1
    yield from sorted((node for node in simple if counts[node.lineno] == 1), key=lambda node: node.lineno)


def _call(statement: ast.Expr | ast.Assign) -> tuple[str, list[str]] | None:
    """Return the method of `get_ipython()` that a statement calls, and its arguments where they are plain text."""
    call = statement.value
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return None
    shell = call.func.value
    if not (isinstance(shell, ast.Call) and isinstance(shell.func, ast.Name) and shell.func.id == "get_ipython"):
        return None
    arguments = [one.value if isinstance(one, ast.Constant) else None for one in call.args]
    return call.func.attr, [one for one in arguments if isinstance(one, str)]


def _instead(statement: ast.Expr | ast.Assign, text: str) -> str | None:
    """Return the Python that a magic stands for; None where it stays as it is."""
    method, arguments = _call(statement) or ("", [])
    if isinstance(statement, ast.Assign):
        targets = " = ".join(ast.unparse(target).strip("()") for target in statement.targets)
        empty = "[]" if method == "getoutput" else "None"
        return f"{targets} = {empty}" if method in ("getoutput", "system", "run_line_magic", "magic") else None
    name, line, *body = (*arguments, "", "")
    if method == "run_cell_magic":
        if name in _KEPT_CELLS:
            return None
        return _python_or_pass(body[0]) if name in _PYTHON_CELLS else "pass"
    if method == "magic":
        name, _, line = name.partition(" ")
    if method in ("run_line_magic", "magic"):
        if name in _KEPT_LINES:
            return None
        return _python_or_pass(_OPTIONS.sub("", line)) if name in _PYTHON_CELLS else "pass"
    return "pass" if method in ("system", "getoutput", "run_line_magic") else None


def _python_or_pass(text: str) -> str:
    try:
        check_compiles(text, "magic")
    except NotPython:
        return "pass"
    return text.rstrip("\n") or "pass"


def check_compiles(source: str, filename: str) -> None:
    """Raise `NotPython` when source does not compile, whatever the reason."""
    if "\0" in source:
        raise NotPython(say("it holds a null byte"))
    if _CHAIN.search(source):
        raise NotPython(say("a dotted name of more than 500 parts"))
    if source.count("{") > _MOST_BRACES or _is_endless(source):
        words, braces = f"{_MOST_WORDS:,}", f"{_MOST_BRACES:,}"
        raise NotPython(
            say("it holds more than {words} words and signs, or {braces} braces", words=words, braces=braces)
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, filename, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        raise NotPython(
            _message(error, source), error.lineno, _line(source, error.lineno), error.offset or 0
        ) from error
    except (RecursionError, MemoryError) as error:
        raise NotPython(say("it is nested too deeply to be read")) from error
    except UnicodeEncodeError as error:
        raise NotPython(say("it holds half of a character (a lone surrogate)")) from error
    except (ValueError, OverflowError) as error:
        raise NotPython(str(error)) from error


def _is_endless(source: str) -> bool:
    if len(source) <= _MOST_WORDS:
        return False
    return any(number >= _MOST_WORDS for number, _ in enumerate(_WORDS.finditer(source)))


_NEWER = (
    ((3, 12), re.compile(r"^\s*type\s+\w+\s*(?:\[.*\])?\s*=", re.MULTILINE)),
    ((3, 12), re.compile(r"^\s*(?:async\s+def|def|class)\s+\w+\s*\[", re.MULTILINE)),
    ((3, 14), re.compile(r"(?<![\w\"'])[tT][rR]?[\"']")),
    ((3, 14), re.compile(r"^\s*except\s+\w+\s*(?:,\s*\w+\s*)+:", re.MULTILINE)),
)
"""What later versions of Python read and earlier ones do not, by the text of the line."""


def _message(error: SyntaxError, source: str) -> str:
    """Return Python's message, or that a later version is wanted where the line is valid there."""
    here = sys.version_info[:2]
    line = _line(source, error.lineno)
    newer = next((version for version, text in _NEWER if version > here and text.search(line)), None)
    if newer is None and here < (3, 12) and "f-string" in error.msg and re.search(r"\b[fF][rR]?[\"']", line):
        newer = (3, 12)
    if newer is None:
        return error.msg
    return say(
        "valid since Python {newer}; grading runs {here} ({error})",
        newer=f"{newer[0]}.{newer[1]}",
        here=f"{here[0]}.{here[1]}",
        error=error.msg,
    )


def _line(source: str, number: int | None) -> str:
    lines = source.split("\n")
    return lines[number - 1] if number is not None and 0 < number <= len(lines) else ""


def _without_cell_magic(cell: str) -> str:
    """Take out a first line such as `%%time`; a cell in another language is no Python."""
    stripped = cell.lstrip()
    if not stripped.startswith("%%"):
        return cell
    first, _, rest = stripped.partition("\n")
    name, _, options = first[2:].strip().partition(" ")
    blank = cell[: len(cell) - len(stripped)]
    if name in _KEPT_CELLS:
        body = rest if rest.endswith("\n") else f"{rest}\n"  # as IPython hands it over
        call = f"get_ipython().run_cell_magic({name!r}, {options.strip()!r}, {body!r})"
        return f"{blank}{call}" + "\n" * rest.count("\n")
    if name not in _PYTHON_CELLS:
        raise NotPython(say("it begins with %%{name}, so the notebook does not run it as Python", name=name[:40]))
    return f"{blank}pass\n{rest}"
