"""System calls that Python's standard library does not wrap."""

from __future__ import annotations

import ctypes
import errno
import functools
import os

from grader.engine.sandbox.layers.syscalls import NUMBERS, machine

Argument = int | bytes | ctypes.Array[ctypes.c_char] | None

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38

SIGKILL = 9


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _argument(value: Argument) -> ctypes.c_long | ctypes.c_char_p | ctypes.Array[ctypes.c_char]:
    if isinstance(value, int):
        return ctypes.c_long(value)
    return value if isinstance(value, ctypes.Array) else ctypes.c_char_p(value)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(name: str, *arguments: Argument) -> int:
    """Make a system call by name; bytes and buffers are passed as a pointer to them, the kernel writes to buffers only.

    Raises `OSError` with the kernel's error number, or ENOSYS on a machine whose numbers are not known here.
    """
    number = NUMBERS.get(machine(), {}).get(name)
    if number is None:
        raise OSError(errno.ENOSYS, f"{name}: its number on {machine()} is not known")
    return _checked(_libc().syscall(ctypes.c_long(number), *(_argument(value) for value in arguments)), name)


def prctl(option: int, value: int = 0) -> int:
    """Call prctl(2) with one argument, the others zero. Raises `OSError`."""
    zero = ctypes.c_ulong(0)
    return _checked(_libc().prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero), f"prctl {option}")


def no_new_privileges() -> None:
    """Give up gaining privileges by executing files; what landlock and seccomp ask for first."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def unshare(flags: int) -> None:
    """Leave the parent's namespaces for new ones. Raises `OSError` where the host refuses."""
    syscall("unshare", flags)


def setns(descriptor: int, kind: int) -> None:
    """Enter the namespace behind an open descriptor. Raises `OSError` where the host refuses."""
    syscall("setns", descriptor, kind)


def mount(source: str, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    """Call mount(2). Raises `OSError` where the host refuses."""
    text = [None if part is None else os.fsencode(part) for part in (source, target, kind, options)]
    syscall("mount", text[0], text[1], text[2], flags, text[3])
