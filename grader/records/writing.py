"""Files are written whole or not at all: the one way in which anything is put in the place of something else."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from grader.records.errors import UsageError


def replace_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file so that at every moment it holds either all of the old bytes or all of the new ones.

    A link is followed and stays; a device or a pipe is written to and never replaced. A `private` file is readable by
    its owner alone; else the permissions that it has are kept. Raises `OSError`.
    """
    if is_special(path):
        with open(path, "wb", buffering=0) as file:
            _write_all(file.fileno(), data)
        return
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".tmp")
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if not private:
            os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):  # the error that brought us here is the one to tell
            os.unlink(temporary)
        raise


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file that a user asked for, as `replace_file` does. Raises `UsageError` when it cannot be written."""
    try:
        replace_file(path, data)
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror}", hint="Give a file in a folder that exists and is writable."
        ) from error


def is_special(path: Path) -> bool:
    """Say whether a path is a device, a pipe or a socket, or a link to one: nothing that may be replaced."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _mode(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
