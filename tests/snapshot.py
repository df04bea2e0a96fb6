"""Compares text with a file under tests/snapshots/; GRADER_UPDATE_SNAPSHOTS=1 writes the files anew."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def check(name: str, text: str) -> None:
    """Fail, with a diff, when text is not what the snapshot of that name holds."""
    path = FOLDER / name
    if os.environ.get("GRADER_UPDATE_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")
    stored = path.read_text(encoding="utf-8") if path.exists() else ""
    if text != stored:
        lines = difflib.unified_diff(stored.splitlines(), text.splitlines(), "stored", "now", lineterm="", n=2)
        raise AssertionError(
            f"tests/snapshots/{name} differs; look at the diff, and if it is meant: "
            "GRADER_UPDATE_SNAPSHOTS=1 pytest ...\n" + "\n".join(lines)
        )
