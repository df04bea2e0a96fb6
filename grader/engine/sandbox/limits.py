"""How much a runner may take of each resource."""

from __future__ import annotations

import dataclasses
from typing import Literal

Profile = Literal["plain", "files", "workers"]
"""Each has a scratch directory that is gone afterwards. `plain` and `files` start no process: they differ in what
authors expect of answers, not in what is allowed. `workers` also forks processes."""

PROFILES: tuple[Profile, ...] = ("plain", "files", "workers")


@dataclasses.dataclass(frozen=True)
class Limits:
    """Caps of one runner. What the host cannot enforce is named in `SandboxReport.layers`.

    >>> Limits(cpu_seconds=5).memory_bytes >> 20
    1024
    """

    memory_bytes: int = 1 << 30
    """Address space that each process may take beyond what the warm zygote has."""
    gpu_bytes: int = 2 << 30
    """Of a GPU's memory, for tensors; torch keeps to it, and the driver takes some more."""
    cpu_seconds: int = 60
    file_bytes: int = 16 << 20
    """Size of one file."""
    open_files: int = 64
    processes: int = 64
    """Processes and threads together."""
    scratch_bytes: int = 64 << 20
    """Size of the scratch directory, and as much again for shared memory."""
    scratch_files: int = 4096
    output_characters: int = 4000
    """Of what is printed, those that are kept of each example."""
