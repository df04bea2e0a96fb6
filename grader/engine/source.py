"""What a session is about, and for how long: a submission's code, and the wall-clock limits of a course."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping

from grader.records.statements import LeftOut

_CORES = os.cpu_count() or 1


@dataclasses.dataclass(frozen=True)
class Source:
    """A submission's code, ready to be executed in a runner."""

    assignment: str
    filename: str
    cells: tuple[str, ...]
    is_notebook: bool = False
    """Whether it runs as a main module, as a notebook does."""
    files: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
    """What lies beside the answer, by name."""
    unread: tuple[LeftOut, ...] = ()
    """Cells that are no Python."""


@dataclasses.dataclass(frozen=True)
class Deadlines:
    """Wall-clock seconds allowed on a machine that has a core to spare; see `patience`."""

    load: float = 10.0
    example: float = 4.0
    exercise: float = 20.0


def patience() -> float:
    """Return by how much deadlines stretch on a busy machine: runnable processes a core, at least 1, at most 4.

    Right but starved work must not look slow; the processor time that a runner may use stays what it is.

    >>> 1.0 <= patience() <= 4.0
    True
    """
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return min(max(load / _CORES, 1.0), 4.0)
