"""Landlock: a list of the paths that a process may read or write; all others are refused by the kernel."""

from __future__ import annotations

import errno
import os
import stat
import struct
from collections.abc import Iterable

from grader.engine.sandbox.layers.kernel import no_new_privileges, syscall

WRITE_FILE = 1 << 1
READ_FILE = 1 << 2
READ_DIR = 1 << 3
REMOVE_DIR = 1 << 4
REMOVE_FILE = 1 << 5
MAKE_DIR = 1 << 7
MAKE_REGULAR = 1 << 8
MAKE_SOCKET = 1 << 9
REFER = 1 << 13
TRUNCATE = 1 << 14
IOCTL_DEVICE = 1 << 15

_READ = READ_FILE | READ_DIR
# MAKE_SOCKET: DataLoader workers hand tensors over through a socket in the scratch directory.
_WRITE = _READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REGULAR | MAKE_SOCKET | TRUNCATE
_ON_A_FILE = WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE
_BEFORE_ABI_2 = (1 << 13) - 1
_SINCE = {2: REFER, 3: TRUNCATE, 5: IOCTL_DEVICE}

_CREATE_VERSION = 1
_RULE_PATH_BENEATH = 1


def abi() -> int:
    """Return the kernel's landlock version, or 0 where there is none."""
    try:
        return syscall("landlock_create_ruleset", None, 0, _CREATE_VERSION)
    except OSError:
        return 0


def restrict(read: Iterable[str], write: Iterable[str], devices: Iterable[str], controlled: Iterable[str] = ()) -> str:
    """Refuse this thread, and what it starts, every path but these; return what was set, in words.

    `read` are readable trees or files, `write` are trees open for reading and writing, `devices` are files open for
    both, `controlled` devices that take ioctl(2) besides. Paths that do not exist are left out. From version 4 TCP is
    refused too, from version 6 signals to processes outside. Raises `OSError` where the kernel has no landlock.
    """
    version = abi()
    if version < 1:
        raise OSError(errno.ENOSYS, "the kernel has no landlock")
    handled = _BEFORE_ABI_2
    for since, right in _SINCE.items():
        if version >= since:
            handled |= right
    words = [handled] + [3] * (version >= 4) + [3] * (version >= 6)
    attributes = struct.pack(f"<{len(words)}Q", *words)
    ruleset = syscall("landlock_create_ruleset", attributes, len(attributes), 0)
    try:
        used = READ_FILE | WRITE_FILE
        for paths, rights in ((read, _READ), (write, _WRITE), (devices, used), (controlled, used | IOCTL_DEVICE)):
            for path in paths:
                _allow(ruleset, path, rights & handled)
        no_new_privileges()
        syscall("landlock_restrict_self", ruleset, 0)
    finally:
        os.close(ruleset)
    return f"version {version}: files" + ", tcp" * (version >= 4) + ", signals" * (version >= 6)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= _ON_A_FILE
        rule = struct.pack("<Qi", rights, descriptor)
        syscall("landlock_add_rule", ruleset, _RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(descriptor)
