"""The jail: a root directory of its own in memory, with read-only binds of the few trees a runner reads."""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from grader.engine.sandbox.layers.kernel import mount, syscall, unshare
from grader.engine.sandbox.layers.namespaces import NEW_MOUNT

READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC = 0x1, 0x2, 0x4, 0x8
_BIND, _RECURSIVE, _PRIVATE, _REMOUNT = 0x1000, 0x4000, 0x40000, 0x20
_RELATIVE_TIMES, _RELATIVE_TIMES_IN_STATVFS = 0x200000, 0x1000
_SAME_IN_STATVFS = READ_ONLY | NO_SUID | NO_DEVICES | NO_EXEC | 0x400 | 0x800

_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000

EMPTY = "/empty"
SCRATCH = "/scratch"
SHARED_MEMORY = "/dev/shm"


def build(root: str, read: Iterable[str], devices: Iterable[str]) -> str:
    """Mount the jail at the empty directory `root`, in a mount namespace of our own; return what was made, in words.

    `read` are trees and files, bound read-only at their own paths; `devices` stay writable. Paths that do not exist
    are left out. Raises `OSError` where the host refuses.
    """
    mount("none", "/", None, _RECURSIVE | _PRIVATE)
    mount("jail", root, "tmpfs", NO_SUID, "size=1m,nr_inodes=2000,mode=755")
    count = 0
    for path in _outermost(read):
        if _bind(root, path):
            _set_attributes(root + path, READ_ONLY | NO_SUID | NO_DEVICES)
            count += 1
    for path in devices:
        _bind(root, path)
    for path in (EMPTY, SCRATCH, SHARED_MEMORY):
        os.makedirs(root + path, mode=0o755, exist_ok=True)
    os.chmod(root + EMPTY, 0o555)
    _set_attributes(root, READ_ONLY, recursive=False)
    return f"{count} paths, read-only"


def add_scratch(root: str, user: int, group: int, size: int, files: int, *, shared: bool, own: bool = False) -> None:
    """Mount a scratch directory, and shared memory where it is wanted, for this process alone.

    Each takes at most `size` bytes and `files` files. `own` says that its mount namespace is its own already.
    Raises `OSError` where the host refuses.
    """
    if not own:
        unshare(NEW_MOUNT)
    options = f"size={size},nr_inodes={files},mode=700,uid={user},gid={group}"
    for path in (SCRATCH, SHARED_MEMORY) if shared else (SCRATCH,):
        mount("scratch", root + path, "tmpfs", NO_SUID | NO_DEVICES | NO_EXEC, options)


def enter(root: str, directory: str) -> None:
    """Make the jail this process's root and `directory` in it the working directory. Raises `OSError` if refused."""
    os.chroot(root)
    os.chdir(directory)


def _outermost(paths: Iterable[str]) -> list[str]:
    """Drop paths inside others.

    >>> _outermost(["/usr/lib", "/usr/lib/python3", "/etc/x"])
    ['/etc/x', '/usr/lib']
    """
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not any(Path(path).is_relative_to(other) for other in kept):
            kept.append(path)
    return kept


def _bind(root: str, path: str) -> bool:
    source = os.path.realpath(path)
    target = root + path
    if os.path.isdir(source):
        os.makedirs(target, mode=0o755, exist_ok=True)
    elif os.path.exists(source):
        os.makedirs(os.path.dirname(target), mode=0o755, exist_ok=True)
        Path(target).touch()
    else:
        return False
    mount(source, target, None, _BIND | _RECURSIVE)
    return True


def _set_attributes(path: str, attributes: int, *, recursive: bool = True) -> None:
    wanted = struct.pack("<4Q", attributes, 0, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    try:
        syscall("mount_setattr", _AT_FDCWD, os.fsencode(path), flags, wanted, len(wanted))
    except OSError as error:
        if error.errno != errno.ENOSYS:
            raise
        remount(path, attributes)


def remount(path: str, attributes: int) -> None:
    """Add attributes to one mount, as kernels before 5.12 do it; what is mounted below stays as it is."""
    has = os.statvfs(path).f_flag
    # A user namespace may add attributes and must repeat those it found.
    kept = has & _SAME_IN_STATVFS | (_RELATIVE_TIMES if has & _RELATIVE_TIMES_IN_STATVFS else 0)
    mount("none", path, None, _REMOUNT | _BIND | kept | attributes)
