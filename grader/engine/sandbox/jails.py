"""The empty directories at which zygotes mount their jails, and what killed judges left of them."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "grader-jail-"
BRIEF = ("grader-canary-", "grader-inputs-")
"""Other directories of ours in the temporary folder, that are there for seconds."""
_LOCK = "lock"
_AGE = 3600.0
"""Seconds after which a directory without a lock is one that nobody is about to lock."""


class Jail:
    """An empty directory, `root`, for one zygote: ours while a lock on the file beside it is held.

    The lock is the system's, gone with this process however it ends; so the next one knows what is left over, which a
    process number in the name would not tell it in another process namespace.
    """

    def __init__(self) -> None:
        sweep()
        while True:
            self._directory = os.path.realpath(tempfile.mkdtemp(prefix=PREFIX))
            self._lock = os.open(os.path.join(self._directory, _LOCK), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            if os.path.exists(os.path.join(self._directory, _LOCK)):
                break
            os.close(self._lock)  # another process swept it before it was locked
        self.root = os.path.join(self._directory, "root")
        os.mkdir(self.root)
        os.chmod(self._directory, 0o711)

    def remove(self) -> None:
        """Remove the directory; once is enough, and more does no harm."""
        shutil.rmtree(self._directory, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def sweep() -> int:
    """Remove the directories that killed processes of this user left behind, and return how many."""
    swept = 0
    for prefix, is_left in ((PREFIX, _is_left), *((brief, _is_old) for brief in BRIEF)):
        for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            with contextlib.suppress(OSError):  # somebody else's, or swept by another process just now
                if path.lstat().st_uid == os.getuid() and not path.is_symlink() and is_left(path):
                    shutil.rmtree(path)
                    swept += 1
    return swept


def _is_left(path: Path) -> bool:
    try:
        lock = os.open(path / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return _is_old(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _AGE
