"""Reads the file of a submission, `.py` or `.ipynb`, into cells of source. Nothing is executed, nothing is trusted."""

from __future__ import annotations

import codecs
import dataclasses
import errno
import io
import json
import os
import stat
import tokenize
from pathlib import Path
from typing import Any

from grader.course.magics import NotPython, python_of

MAX_SOURCE = 2 << 20
"""Bytes of source that are read: far more than anybody writes."""
MAX_NOTEBOOK = 64 << 20
"""Bytes of a notebook, whose outputs may hold many pictures."""

_ENCODINGS = frozenset(
    {"utf-8", "utf-8-sig", "ascii", "iso8859-1", "iso8859-2", "iso8859-15", "cp1250", "cp1251", "cp1252"}
    | {"cp949", "euc_kr", "johab", "shift_jis", "cp932", "euc_jp", "gbk", "gb2312", "gb18030", "big5"}
    | {"koi8-r", "koi8-u"}
)
"""Encodings that a coding comment may name; others (rot13, idna, ...) are no way to keep a program."""

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))


class Unreadable(Exception):
    """Why a file cannot be graded, in a sentence for the student."""


@dataclasses.dataclass(frozen=True)
class Cells:
    """The source of a file: one cell for a module, the code cells in order for a notebook.

    A cell that was left out is empty, so that the position of a cell stays what the student counts.
    """

    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_cells(path: Path) -> Cells:
    """Read a module or a notebook; raises `Unreadable`."""
    if path.suffix.lower() == ".ipynb":
        return notebook_cells(read_bytes(path, MAX_NOTEBOOK), path.name)
    return module_cells(read_bytes(path, MAX_SOURCE), path.name)


def read_bytes(path: Path, limit: int) -> bytes:
    """Return the contents of a plain file of at most `limit` bytes.

    Links are not followed and pipes are not waited for. Raises `Unreadable`.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if path.is_symlink():
            raise Unreadable(f"{path.name} is a link; hand in the file itself")
        with open(os.open(path, flags), "rb") as file:
            kind = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(kind):
                raise Unreadable(f"{path.name} is {_kind(kind)}, not a file")
            contents = file.read(limit + 1)
    except IsADirectoryError as error:
        raise Unreadable(f"{path.name} is a folder, not a file") from error
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise Unreadable(f"{path.name} is a socket, not a file") from error
        raise Unreadable(f"{path.name} cannot be read: {error.strerror or error}") from error
    if len(contents) > limit:
        raise Unreadable(f"{path.name} is larger than {limit >> 20} MB, the most that is read")
    return contents


def module_cells(contents: bytes, name: str) -> Cells:
    """Return a module's source as its one cell; raises `Unreadable` when it is no Python text or does not parse."""
    text = decode(contents, name)
    try:
        source, taken = python_of(text, name)
    except NotPython as problem:
        raise Unreadable(f"{name}, {problem.located()}" if problem.line else f"{name}: {problem.message}") from problem
    notes = (f"{name}: lines of Jupyter's own syntax (such as % or !) are skipped",) if taken else ()
    return Cells((source,), notes)


def decode(contents: bytes, name: str) -> str:
    """Return a Python file's text by its own coding comment, UTF-8 otherwise, with plain line ends."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if contents.startswith(mark):
            raise Unreadable(f"{name} is saved as {encoding}; save it as UTF-8")
    if b"\0" in contents:
        where = contents.index(b"\0")
        raise Unreadable(f"{name} is no Python text: byte {where} of {len(contents)} is a null byte")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(contents).readline)
        if codecs.lookup(encoding).name not in _ENCODINGS:
            raise Unreadable(f"{name} says that its encoding is {encoding[:40]}; save it as UTF-8")
        text = contents.decode(encoding)
    except SyntaxError as error:
        raise Unreadable(_encoding_message(contents, name) or f"{name}: {error.msg}; save it as UTF-8") from error
    except UnicodeDecodeError as error:
        raise Unreadable(_bad_byte(contents, name, error)) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def notebook_cells(contents: bytes, name: str) -> Cells:
    """Return a notebook's code cells, of nbformat 3 or 4, without magics and without an instructor's test cells.

    A cell that is no Python is left out with a note; raises `Unreadable` when the file is no notebook.
    """
    found: list[str] = []
    notes: list[str] = []
    for number, cell in enumerate(_code_cells(_parse(contents, name), name), 1):
        try:
            source, _ = ("", False) if is_test_cell(cell) else python_of(cell_source(cell), f"cell {number}")
        except NotPython as problem:
            notes.append(f"code cell {number} is left out: {problem.located()}")
            source = ""
        found.append(source)
    if sum(map(len, found)) > MAX_SOURCE:
        raise Unreadable(f"{name} holds more than {MAX_SOURCE >> 20} MB of code, the most that is read")
    return Cells(tuple(found), tuple(notes))


def cell_source(cell: dict[str, Any]) -> str:
    """Return a cell's source, whichever way its version of the format keeps it; "" when it has none."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source.replace("\r\n", "\n").replace("\r", "\n") if isinstance(source, str) else ""


def is_test_cell(cell: dict[str, Any]) -> bool:
    """Say whether nbgrader's metadata makes a cell one of the instructor's tests."""
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return isinstance(marks, dict) and bool(marks.get("grade")) and bool(marks.get("locked"))


def _parse(contents: bytes, name: str) -> dict[str, Any]:
    if not contents.strip():
        raise Unreadable(f"{name} is empty: it was not saved, or the upload failed")
    try:
        notebook = json.loads(contents.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(_bad_byte(contents, name, error)) from error
    except json.JSONDecodeError as error:
        cut = " (it seems to be cut off)" if error.pos >= len(error.doc.rstrip()) - 1 else ""
        message = f"{name} is not a notebook: not JSON at line {error.lineno}, column {error.colno}: {error.msg}{cut}"
        raise Unreadable(message) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(f"{name} is not a notebook: {error}") from error
    if not isinstance(notebook, dict):
        raise Unreadable(f"{name} is not a notebook: its JSON is no object")
    return notebook


def _code_cells(notebook: dict[str, Any], name: str) -> list[dict[str, Any]]:
    sheets = notebook["worksheets"] if isinstance(notebook.get("worksheets"), list) else [notebook]
    lists = [sheet["cells"] for sheet in sheets if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)]
    if not lists:
        raise Unreadable(f"{name} is not a notebook: it has no list of cells")
    cells = [cell for cells in lists for cell in cells if isinstance(cell, dict)]
    return [cell for cell in cells if cell.get("cell_type") == "code"]


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a pipe" if stat.S_ISFIFO(mode) else "a device"


def _encoding_message(contents: bytes, name: str) -> str | None:
    """Say which byte is no UTF-8, where the file names no other encoding."""
    try:
        contents.decode("utf-8")
    except UnicodeDecodeError as error:
        return _bad_byte(contents, name, error)
    return None


def _bad_byte(contents: bytes, name: str, error: UnicodeDecodeError) -> str:
    line = contents.count(b"\n", 0, error.start) + 1
    expected = "UTF-8" if error.encoding.startswith("utf") else error.encoding
    byte = contents[error.start : error.start + 1].hex()
    return f"{name}, line {line}: byte 0x{byte} is not {expected}; save the file as UTF-8"
