"""Makes the zygote's memory cheap to fork: gathered into huge pages, and without what only a GPU would use.

Both forking and ending a runner cost processor time for every page of 4 KiB. The heap is in huge pages from the start
(see `grader.engine.sandbox.launch.environment`); here is the rest.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path

_HUGE = 2 << 20
_STEP = 8 << 20
_MADV_HUGEPAGE = 14
_MADV_WIPEONFORK = 18
_MADV_COLLAPSE = 25
_FORKS_BEFORE = 100
_FORKS_BETWEEN = 500
_GPU_TABLES = "libcublasLt.so"
"""A library that torch loads on every machine, and that fills 90 MB at once for GPUs that no runner can reach."""


def leave_out_gpu_tables() -> int:
    """Let runners see zeros in place of the tables of a GPU library; return the bytes that no fork copies any more."""
    libc = ctypes.CDLL(None, use_errno=True)
    bytes_left_out = 0
    for start, end in _gpu_tables(Path("/proc/self/maps").read_text()):
        size = end - start
        # A kernel without this request goes on copying them.
        if libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), _MADV_WIPEONFORK) == 0:
            bytes_left_out += size
    return bytes_left_out


class HugePages:
    """Does its work in steps of a few milliseconds, for moments when the zygote has nothing else to do.

    It costs as much processor time as it saves in about a hundred forks: it begins after so many, when more are likely
    to come, and goes over the memory again from time to time, because writing after a fork takes huge pages apart.
    """

    def __init__(self) -> None:
        self._forks = 0
        self._next = _FORKS_BEFORE
        self._steps: Iterator[None] | None = None

    def forked(self) -> None:
        """Count a fork."""
        self._forks += 1
        if self._forks >= self._next:
            self._next = self._forks + _FORKS_BETWEEN
            self._steps = _collapse()

    def pending(self) -> bool:
        """Whether there is a step to do."""
        return self._steps is not None

    def step(self) -> None:
        """Do one step."""
        if self._steps is not None and next(self._steps, _END) is _END:
            self._steps = None


_END = object()


def _collapse() -> Iterator[None]:
    libc = ctypes.CDLL(None, use_errno=True)
    for start, end in _own_memory(Path("/proc/self/maps").read_text()):
        for begin in range(start, end, _STEP):
            size = min(_STEP, end - begin)
            address = ctypes.c_void_p(begin)
            libc.madvise(address, ctypes.c_size_t(size), _MADV_HUGEPAGE)
            # A kernel without this request, or without a free huge page, leaves the memory as it is.
            libc.madvise(address, ctypes.c_size_t(size), _MADV_COLLAPSE)
            yield


def _own_memory(maps: str) -> list[tuple[int, int]]:
    """Return the (start, end) of private writable memory that belongs to no file, cut to whole huge pages.

    Without the GPU's tables, which no fork copies.

    >>> _own_memory("200000-600001 rw-p 00000000 00:00 0 [heap]")
    [(2097152, 6291456)]
    >>> _own_memory("700000-900000 r-xp 00000000 00:00 0 /bin/x")
    []
    """
    left_out = _gpu_tables(maps)
    found: list[tuple[int, int]] = []
    for low, high, permissions, name in _mappings(maps):
        if permissions != "rw-p" or name not in {"", "[heap]"} or (low, high) in left_out:
            continue
        start, end = -(-low // _HUGE) * _HUGE, high // _HUGE * _HUGE
        if start < end:
            found.append((start, end))
    return found


def _gpu_tables(maps: str) -> list[tuple[int, int]]:
    """Return the (start, end) of what the library of GPU tables has in memory that belongs to no file.

    >>> _gpu_tables("1000-2000 rw-p 0 00:00 1 /x/libcublasLt.so.13\\n2000-9000 rw-p 0 00:00 0")
    [(8192, 36864)]
    """
    found: list[tuple[int, int]] = []
    before = (0, "")
    for low, high, permissions, name in _mappings(maps):
        if permissions == "rw-p" and not name and before[0] == low and _GPU_TABLES in before[1]:
            found.append((low, high))
        before = high, name
    return found


def _mappings(maps: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, permissions, name) of each line of /proc/<pid>/maps."""
    for line in maps.splitlines():
        fields = line.split(maxsplit=5)
        low, high = (int(part, 16) for part in fields[0].split("-"))
        yield low, high, fields[1], fields[5] if len(fields) == 6 else ""
