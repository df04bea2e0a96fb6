"""Resource limits: address space, processor time, file sizes, open files, processes."""

from __future__ import annotations

import resource
from pathlib import Path

from grader.engine.sandbox.limits import Limits

_PAGE = resource.getpagesize()


def address_space() -> int:
    """Return the bytes of address space that this process has in use."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE


def resident_memory() -> int:
    """Return the bytes of memory that this process has in use."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


def set_limits(limits: Limits, in_use: int, *, count_processes: bool) -> str:
    """Set the limits for good; return them in words.

    `in_use` is the address space already taken, on top of which `limits.memory_bytes` may be taken. Processes are
    counted by user: `count_processes` belongs to a user id or user namespace of one's own.
    """
    values = {
        resource.RLIMIT_AS: in_use + limits.memory_bytes,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 64,
    }
    if count_processes:
        values[resource.RLIMIT_NPROC] = limits.processes
    for name, value in values.items():
        _lower(name, value, value)
    # The first signal can be ignored, the one a second later cannot.
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    words = f"{limits.memory_bytes >> 20} MiB, {limits.cpu_seconds} s, {limits.open_files} open files"
    return words + (f", {limits.processes} processes" if count_processes else ", processes not counted")


def set_portable_limits(limits: Limits) -> str:
    """Set the limits that every POSIX system knows; return them in words. Memory and processes stay uncapped."""
    _lower(resource.RLIMIT_FSIZE, limits.file_bytes, limits.file_bytes)
    _lower(resource.RLIMIT_NOFILE, limits.open_files, limits.open_files)
    _lower(resource.RLIMIT_CORE, 0, 0)
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    return f"{limits.cpu_seconds} s, {limits.open_files} open files; memory and processes not capped"


def _lower(name: int, soft: int, hard: int) -> None:
    current = resource.getrlimit(name)[1]
    if current != resource.RLIM_INFINITY:
        soft, hard = min(soft, current), min(hard, current)
    resource.setrlimit(name, (soft, hard))
