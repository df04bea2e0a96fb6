"""CSV files of others, read whatever their encoding and separator, and written back in the same; harmless to open."""

from __future__ import annotations

import codecs
import csv
import dataclasses
import io
import re
from pathlib import Path

from grader.records.errors import UsageError

SEPARATORS = (",", ";", "\t")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
_NUMBER = re.compile(r"\s*[+-]?\d+(?:[.,]\d+)*%?\s*|\s*-\s*")
"""What begins with a sign and is no formula: a number, and the dash that stands for no number."""


@dataclasses.dataclass(frozen=True)
class Shape:
    """How a table is written down."""

    separator: str = ","
    encoding: str = "utf-8"
    newline: str = "\n"


@dataclasses.dataclass(frozen=True)
class Table:
    """A header and rows of as many cells each."""

    header: tuple[str, ...]
    rows: list[list[str]]
    shape: Shape = Shape()


def read_table(path: Path, encoding: str | None = None) -> Table:
    """Read a CSV file with a header. Raises `UsageError` when it is none, saying in which line."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}", hint="Name the file that you downloaded.") from error
    if not data.strip():
        raise UsageError(f"{path} is empty", hint="Download it again; it must have a header and a row a student.")
    text, found = _decoded(data, path, encoding)
    separator = max(SEPARATORS, key=lambda one: _columns(text, one))
    newline = "\r\n" if "\r\n" in text else "\n"
    return _parsed(text, path, Shape(separator, found, newline))


def _parsed(text: str, path: Path, shape: Shape) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=shape.separator, strict=True)
    rows: list[list[str]] = []
    header: tuple[str, ...] = ()
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = tuple(row)
                continue
            if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
                raise UsageError(
                    f"{path}, line {reader.line_num}: {len(row)} cells, and the header has {len(header)}",
                    hint="A cell that holds the separator must stand in double quotes. Download the file again.",
                )
            rows.append([*row, *[""] * (len(header) - len(row))][: len(header)])
    except csv.Error as error:
        raise UsageError(
            f"{path}, line {reader.line_num}: this is no CSV: {error}", hint="Download the file again."
        ) from error
    return Table(header, rows, shape)


def table_bytes(table: Table) -> bytes:
    """Return a table as a file: cells that a spreadsheet would compute become text, the rest stays as it is.

    Where its encoding cannot hold a cell it is written as UTF-8 with a byte order mark.

    >>> table_bytes(Table(("name", "points"), [["=1+1", "-3.5"]]))
    b"name,points\\n'=1+1,-3.5\\n"
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=table.shape.separator, lineterminator=table.shape.newline)
    writer.writerow([harmless(cell) for cell in table.header])
    writer.writerows([[harmless(cell) for cell in row] for row in table.rows])
    text = buffer.getvalue()
    try:
        return text.encode(table.shape.encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8-sig", "backslashreplace")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet computes: one that begins like a formula gets an apostrophe before it.

    >>> harmless("=cmd|' /C calc'!A0"), harmless("@ada"), harmless("-2"), harmless("Ada")
    ("'=cmd|' /C calc'!A0", "'@ada", '-2', 'Ada')
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _decoded(data: bytes, path: Path, encoding: str | None) -> tuple[str, str]:
    """Return the text and its encoding: the one named, by a mark, UTF-8, else what its letters speak for."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    candidates = [encoding] if encoding else [marked or "utf-8"]
    if not encoding and not marked:
        candidates += _likely(data)
    for candidate in candidates:
        try:
            text = data.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text, candidate
    raise UsageError(
        f"{path} is no text in {candidates[0]}",
        hint="Name its encoding with --encoding, such as cp949 or cp1252, or download it again as CSV (not as XLSX).",
    )


def _likely(data: bytes) -> list[str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["cp949", "cp1252", "cp1250", "cp1251", "cp932", "gb18030"]).best()
    return [best.encoding] if best is not None else []


def _columns(text: str, separator: str) -> int:
    first = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    return len(first)
