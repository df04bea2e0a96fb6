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
    "change a file of ours",
    "connect to a socket of ours",
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

NO_ANSWER = "everything"
"""Stands among the acts when the canary did not tell how they went."""

_DENIED = "denied"


class SandboxReport(msgspec.Struct, frozen=True):
    """The measured level of a host, and what it rests on."""

    level: Level
    layers: dict[str, str]
    """Layer to "ok", "off" or "refused: <why>"; `canary` is what a runner could still do."""
    details: dict[str, str]
    """What some of the layers allow and refuse, in words."""
    acts: dict[str, str]
    """Forbidden act, tried by a runner, to "denied" or what happened instead."""


def judge_level(layers: Mapping[str, str], acts: Mapping[str, str]) -> Level:
    """Return the level for the layers' states and the canary's results.

    `weak` unless limits, seccomp and a file barrier hold and every mandatory act was denied; `strong` when in addition
    landlock holds, runners have a user or process namespace of their own, and every other act was denied too.

    >>> judge_level({"seccomp": "refused: no"}, {})
    'weak'
    """

    def holds(*names: str) -> bool:
        return any(_is_ok(layers.get(name, "")) for name in names)

    mandatory = holds("limits") and holds("seccomp") and holds("landlock", "jail")
    tried = [result for act, result in acts.items() if act in (*MANDATORY_ACTS, NO_ANSWER)]
    if not mandatory or not tried or any(result != _DENIED for result in tried):
        return "weak"
    everything = all(result == _DENIED for result in acts.values())
    if everything and holds("landlock") and holds("user", "process namespace"):
        return "strong"
    return "good"


def make_report(layers: Mapping[str, str], acts: Mapping[str, str]) -> SandboxReport:
    """Return the report of a runner's layers ("ok", "ok: <detail>", "off", "refused: <why>") and its canary's results.

    >>> make_report({"limits": "ok: 5 s"}, {"mount": "allowed"}).layers
    {'limits': 'ok', 'canary': 'refused: mount: allowed'}
    """
    states = {name: "ok" if _is_ok(state) else state for name, state in layers.items()}
    details = {name: state[len("ok: ") :] for name, state in layers.items() if state.startswith("ok: ")}
    done = [f"{act}: {result}" for act, result in acts.items() if result != _DENIED]
    states["canary"] = "refused: " + "; ".join(done) if done else "ok" if acts else "off"
    return SandboxReport(judge_level(layers, acts), states, details, dict(acts))


def _is_ok(state: str) -> bool:
    return state == "ok" or state.startswith("ok: ")
