"""Folders that a command is to fill."""

from __future__ import annotations

import tempfile
from pathlib import Path

from grader.records.errors import UsageError


def require_writable(path: Path) -> None:
    """Make a folder where there is none; raise `UsageError` when nothing can be written into it."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass  # it can be made: that is all there is to know
    except OSError as error:
        raise UsageError(
            f"cannot write into {path}: {error.strerror or error}.",
            hint="Name a folder that exists, or that can be made, and that you may write to.",
        ) from error
