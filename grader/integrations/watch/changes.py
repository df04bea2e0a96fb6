"""When an answer was saved: its folder is looked at often, which works on every system and every kind of disk.

A look costs a few microseconds a file. Notices of the system would be a library more, and do not come from network
drives, shared folders of virtual machines and some containers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

LOOK = 0.05
"""Seconds between two looks; a file that was not touched between two of them is taken as saved."""
ABSENT = 1.0
"""Seconds that an answer may be gone while an editor replaces it."""

Signature = tuple[tuple[str, int, int, int], ...]
"""Name, time of the last change, size and number of each file that can be the answer or is read beside it."""


def signature(folder: Path) -> Signature:
    """Return what tells one state of the Python files and notebooks in a folder from another."""
    found = []
    try:
        for path in folder.iterdir():
            if path.suffix in (".py", ".ipynb"):
                status = path.stat()
                found.append((path.name, status.st_mtime_ns, status.st_size, status.st_ino))
    except OSError:
        return signature(folder) if folder.is_dir() else ()  # a file went away between listing and looking
    return tuple(sorted(found))


def wait_for_save(folder: Path, before: Signature, stopped: Callable[[], bool]) -> Signature | None:
    """Wait until the files in a folder differ from `before` and are at rest; None when `stopped` says so.

    A file that an editor moves away and writes anew is waited for; after a second it counts as deleted.
    """
    while not stopped():
        now = signature(folder)
        if now != before:
            return _at_rest(folder, now, {name for name, *_ in before})
        time.sleep(LOOK)
    return None


def _at_rest(folder: Path, found: Signature, names: set[str]) -> Signature:
    latest = time.monotonic() + ABSENT
    while True:
        time.sleep(LOOK / 2)
        now = signature(folder)
        gone = names - {name for name, *_ in now}
        if now == found and (not gone or time.monotonic() > latest):
            return now
        found = now
