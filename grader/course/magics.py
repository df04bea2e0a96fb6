"""Takes Jupyter's own syntax out of a notebook's cells: what is left is Python, with every line where it was."""

from __future__ import annotations

import re
import warnings

_LINE_MAGIC = re.compile(r"^(?P<indent>\s*)(?P<sign>%(?!%)|!|\?)\s*(?P<rest>.*)$")
_TIMED = re.compile(r"^(?:time|memit|prun|mprun)\s+(?:-\S+\s+(?:\d+\s+)?)*(?P<statement>\S.*)$")
_ASSIGNED = re.compile(r"^(?P<indent>\s*+)(?P<target>[\w.\[\], ]++)=\s*+[%!].*$")
_HELP = re.compile(r"^(?P<indent>\s*)[\w.*\[\]]+\s*\?{1,2}\s*$")
_EXPORTED = re.compile(
    r"^(?P<indent>[ \t]*)get_ipython\(\)\.(?:run_line_magic|run_cell_magic|system|magic)\(.*\)[ \t]*$", re.MULTILINE
)
"""How tools write a magic line when they turn a notebook into a script."""

_CHECKED = re.compile(
    r"^(?P<indent>[ \t]*)(?:from grader\.magic import check_cell|check_cell\(\s*[\"'][\w.]+[\"']\s*\))[ \t]*(?:#.*)?$",
    re.MULTILINE,
)
"""The two lines of a released notebook's test cells, which do not belong to an answer."""

_PYTHON_CELLS = frozenset({"time", "capture", "prun", "mprun"})
"""Cell magics whose cell is Python that the notebook itself runs."""

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
        place = f"line {self.line}: {self.message}"
        if not text.strip():
            return place
        start = max(0, self.column - 1 - 100)
        shown = text[max(indent, start) :][:160]
        caret = max(0, self.column - 1 - max(indent, start))
        return f"{place}\n    {shown}\n    {' ' * min(caret, len(shown))}^"


def python_of(cell: str, filename: str = "cell") -> tuple[str, bool]:
    """Return a cell's source as Python, and whether anything was taken out. Nothing is executed.

    Magics and shell lines become `pass`, at their indentation, so that line numbers stay; `%time statement` keeps its
    statement. A line is touched only where Python itself stumbles, so a `%` within an expression or a `!` within a
    string stays. Raises `NotPython` for a cell in another language and for one that does not compile.

    >>> python_of("%matplotlib inline\\nx = 1")
    ('pass\\nx = 1', True)
    >>> python_of("x = (7\\n % 4)")
    ('x = (7\\n % 4)', False)
    """
    source, taken = _without_cell_magic(cell)
    if "get_ipython()" in source:
        source, count = _EXPORTED.subn(r"\g<indent>pass", source)
        taken = taken or count > 0
    if "check_cell" in source:
        source, count = _CHECKED.subn(r"\g<indent>pass", source)
        taken = taken or count > 0
    lines = source.split("\n")
    for attempt in range(_MAX_MAGICS + 1):
        try:
            check_compiles("\n".join(lines), filename)
        except NotPython as problem:
            spent = attempt == _MAX_MAGICS or attempt * len(source) > _MOST_COMPILED
            if spent or problem.line is None or not _replace(lines, problem.line - 1):
                raise
            taken = True
        else:
            break
    return "\n".join(lines), taken


def check_compiles(source: str, filename: str) -> None:
    """Raise `NotPython` when source does not compile, whatever the reason."""
    if "\0" in source:
        raise NotPython("it holds a null byte")
    if _CHAIN.search(source):
        raise NotPython("a dotted name of more than 500 parts")
    if source.count("{") > _MOST_BRACES or _is_endless(source):
        raise NotPython(f"it holds more than {_MOST_WORDS:,} words and signs, or {_MOST_BRACES:,} braces")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, filename, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise NotPython(error.msg, error.lineno, _line(source, error.lineno), error.offset or 0) from error
    except (RecursionError, MemoryError) as error:
        raise NotPython("it is nested too deeply to be read") from error
    except UnicodeEncodeError as error:
        raise NotPython("it holds half of a character (a lone surrogate)") from error
    except (ValueError, OverflowError) as error:
        raise NotPython(str(error)) from error


def _is_endless(source: str) -> bool:
    if len(source) <= _MOST_WORDS:
        return False
    return any(number >= _MOST_WORDS for number, _ in enumerate(_WORDS.finditer(source)))


def _line(source: str, number: int | None) -> str:
    lines = source.split("\n")
    return lines[number - 1] if number is not None and 0 < number <= len(lines) else ""


def _without_cell_magic(cell: str) -> tuple[str, bool]:
    """Take out a first line such as `%%time`; a cell in another language is no Python."""
    stripped = cell.lstrip()
    if not stripped.startswith("%%"):
        return cell, False
    first, _, rest = stripped.partition("\n")
    name = first[2:].split(None, 1)[0] if first[2:].split() else ""
    if name not in _PYTHON_CELLS:
        raise NotPython(f"it begins with %%{name[:40]}, so the notebook does not run it as Python")
    blank = cell[: len(cell) - len(stripped)]
    return f"{blank}pass\n{rest}", True


def _replace(lines: list[str], index: int) -> bool:
    """Put Python in the place of one line of Jupyter's syntax, and say whether it was such a line."""
    if not 0 <= index < len(lines):
        return False
    line = lines[index]
    replacement = _python_line(line)
    if replacement is None:
        return False
    while lines[index].endswith("\\") and index + 1 < len(lines):
        lines[index], index = replacement, index + 1
        replacement = ""
    lines[index] = replacement
    return True


def _python_line(line: str) -> str | None:
    magic = _LINE_MAGIC.match(line)
    if magic:
        timed = _TIMED.match(magic["rest"]) if magic["sign"] == "%" else None
        return magic["indent"] + (timed["statement"] if timed else "pass")
    assigned = _ASSIGNED.match(line)
    if assigned:
        return f"{assigned['indent']}{assigned['target'].rstrip()} = None"
    asked = _HELP.match(line)
    return f"{asked['indent']}pass" if asked else None
