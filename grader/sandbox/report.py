"""What a host's lock-down is worth: a level, decided by what a canary could not do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

Level = Literal["strong", "good", "weak"]

# One of these allowed makes the level weak: without them, points could be stolen or the host harmed.
MANDATORY_ACTS = (
    "read a system file",
    "read the course",
    "write beside the scratch directory",
    "start a process",
    "start a program",
    "open a network socket",
    "signal the zygote",
    "trace the zygote",
    "read the zygote's memory",
    "mount",
    "hold root's powers",
    "raise a limit",
    "take memory without end",
    "open files without end",
)

FILE_BARRIERS = ("landlock", "jail")
IDENTITY_BARRIERS = ("user", "process namespace")


class SandboxReport(msgspec.Struct, frozen=True):
    """The measured level and what it rests on; `layers` also holds the canary's attempts, as `canary: <act>`."""

    level: Level
    layers: dict[str, str]


def judge_level(layers: Mapping[str, str], acts: Mapping[str, str]) -> Level:
    """Return the level for the layers' states and the canary's results.

    `weak` unless limits, seccomp and a file barrier hold and every mandatory act was denied; `strong` when in addition
    landlock holds, runners have a user or process namespace of their own, and every other act was denied too.

    >>> judge_level({"seccomp": "refused: no"}, {})
    'weak'
    """

    def holds(*names: str) -> bool:
        return any(layers.get(name, "").startswith("ok") for name in names)

    mandatory = holds("limits") and holds("seccomp") and holds(*FILE_BARRIERS)
    if not mandatory or any(acts.get(act) != "denied" for act in MANDATORY_ACTS):
        return "weak"
    everything = all(result == "denied" for result in acts.values())
    if everything and holds("landlock") and holds(*IDENTITY_BARRIERS):
        return "strong"
    return "good"
