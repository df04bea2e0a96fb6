"""Resource limits: address space, processor time, file sizes, open files, processes."""

from __future__ import annotations

import dataclasses
import os
import resource
from pathlib import Path

from grader.engine.sandbox.limits import Limits

_PAGE = resource.getpagesize()


@dataclasses.dataclass(frozen=True)
class InUse:
    """What a process has taken already: its limits are set on top of that."""

    memory: int
    """Address space; with a GPU, private memory that can be written to."""
    gpu: bool = False
    """Whether CUDA was started: it reserves terabytes of address space, so that this cannot be limited any more."""
    open_files: int = 0
    cpu_seconds: int = 0


def in_use_with_a_gpu() -> InUse:
    """Return what this process, which warmed up by itself, has taken."""
    files = len(os.listdir("/proc/self/fd"))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return InUse(_pages(5) * _PAGE, True, files, int(used.ru_utime + used.ru_stime) + 1)


def address_space() -> int:
    """Return the bytes of address space that this process has in use."""
    return _pages(0) * _PAGE


def resident_memory() -> int:
    """Return the bytes of memory that this process has in use."""
    return _pages(1) * _PAGE


def _pages(field: int) -> int:
    return int(Path("/proc/self/statm").read_text().split()[field])


def set_limits(limits: Limits, in_use: InUse, *, count_processes: bool) -> str:
    """Set the limits for good; return them in words.

    Processes are counted by user: `count_processes` belongs to a user id or user namespace of one's own. With a GPU
    memory that is shared, or locked for its copies, is not limited.
    """
    values = {
        resource.RLIMIT_DATA if in_use.gpu else resource.RLIMIT_AS: in_use.memory + limits.memory_bytes,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: in_use.open_files + limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 64,
    }
    if count_processes:
        values[resource.RLIMIT_NPROC] = limits.processes
    if not in_use.gpu:
        values[resource.RLIMIT_MEMLOCK] = 0
    for name, value in values.items():
        _lower(name, value, value)
    # The first signal can be ignored, the one a second later cannot.
    seconds = in_use.cpu_seconds + limits.cpu_seconds
    _lower(resource.RLIMIT_CPU, seconds, seconds + 1)
    memory = f"{limits.memory_bytes >> 20} MiB" + (" that is not shared" if in_use.gpu else "")
    words = f"{memory}, {limits.cpu_seconds} s, {limits.open_files} open files"
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
