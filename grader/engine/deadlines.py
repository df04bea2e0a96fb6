"""For how long a session waits: the wall-clock limits of a course, and how far they stretch on a busy machine."""

from __future__ import annotations

import dataclasses
import functools
import os
import re
import time

_CORES = os.cpu_count() or 1
_PRESSURE = ("/proc/pressure/memory", "/proc/pressure/io")
_FULL = re.compile(r"^full avg10=([0-9.]+)", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Deadlines:
    """Wall-clock seconds allowed on a machine that has a core to spare; see `patience`."""

    load: float = 10.0
    example: float = 4.0
    exercise: float = 20.0


def patience() -> float:
    """Return by how much deadlines stretch on a busy machine: at least 1, at most 16.

    Runnable processes a core, at most 4; and again up to 4 where Linux says that everything waits for memory or disks.
    Right but starved work must not look slow; the processor time that a runner may use stays what it is.

    >>> 1.0 <= patience() <= 16.0
    True
    """
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return min(max(load / _CORES, 1.0), 4.0) / (1.0 - max(_stalled(path) for path in _PRESSURE))


def after(seconds: float) -> float:
    """Return the moment, as `time.monotonic` counts, until which that many seconds may last; see `patience`."""
    now = time.monotonic()
    return now + seconds * _patience_during(int(now * 2))


@functools.lru_cache(maxsize=1)
def _patience_during(_half_second: int) -> float:
    """Return `patience()`, once for all questions of half a second: what it reads are averages of ten and more."""
    return patience()


def _stalled(path: str) -> float:
    """Return the share of the last ten seconds, at most 0.75, in which nothing went on for want of something."""
    try:
        with open(path, encoding="ascii") as file:
            return stall_share(file.read())
    except OSError:  # no Linux, or one that does not tell
        return 0.0


def stall_share(text: str) -> float:
    """Return the share of time, at most 0.75, that a file of `/proc/pressure` tells as lost by all processes.

    >>> stall_share("some avg10=20.00 avg60=0.00\\nfull avg10=12.50 avg60=0.00 avg300=0.00 total=0")
    0.125
    >>> stall_share("full avg10=99.00 avg60=99.00"), stall_share("")
    (0.75, 0.0)
    """
    found = _FULL.search(text)
    return min(float(found[1]) / 100, 0.75) if found else 0.0
