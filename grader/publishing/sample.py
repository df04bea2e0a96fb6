"""A course to look at, with a class that handed something in: right, wrong, unfinished, broken and hostile."""

from __future__ import annotations

import re
from pathlib import Path

from grader.records.errors import UsageError

_SECTIONS = re.compile(r"^==== (.+)\n", re.MULTILINE)
SUBMITTED = "submitted"
"""The folder of the class, within the course's."""


def files() -> dict[str, str]:
    """Return the sample's files by their paths: one text file holds them, so that nothing imports a broken one.

    >>> "submitted/ada/attention/attention.py" in files()
    True
    """
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    parts = _SECTIONS.split(text)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def write_sample(folder: Path) -> None:
    """Write the sample course and its class into a new or empty folder. Raises `UsageError` when it holds anything."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder.")
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty.", hint="Name a folder that does not exist yet.")
    for name, text in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
