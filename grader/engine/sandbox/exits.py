"""How a runner ended, from its wait(2) status."""

from __future__ import annotations

import dataclasses
import os
import signal

from grader.engine.sandbox.limits import Limits
from grader.records.text.saying import later, say

BROKEN_OFF = 70
"""The exit code of a runner whose own code failed; a submission can use it as well."""


@dataclasses.dataclass(frozen=True)
class Exit:
    """The end of a runner. What a submission does can bring about any of these: none of them earns a point."""

    status: str
    """In words: "killed by the grader", "exited with code 3", "killed by SIGSEGV"."""
    signal: int | None
    code: int | None
    out_of_memory: bool


def describe(status: int, *, ours: bool, grown_bytes: int, cpu_seconds: float, limits: Limits) -> Exit:
    """Say what a wait(2) status means; `ours` is whether the runner was still alive when it was ended.

    Memory is taken to be the cause where the kernel killed the runner unasked, or where it died of a fatal signal with
    most of its allowance (`grown_bytes` of `limits.memory_bytes`) in use.

    >>> describe(3 << 8, ours=False, grown_bytes=0, cpu_seconds=0.0, limits=Limits()).status
    'exited with code 3'
    """
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return Exit(say("exited with code {code}", code=code), None, code, False)
    number = -code
    name = signal_name(number)
    if ours and number == signal.SIGKILL:
        return Exit(say("killed by the grader"), number, None, False)
    if cpu_seconds >= limits.cpu_seconds and name in {"SIGKILL", "SIGXCPU"}:
        return Exit(say("used up its {seconds} s of processor time", seconds=limits.cpu_seconds), number, None, False)
    full = grown_bytes > 0.8 * limits.memory_bytes and name in {"SIGSEGV", "SIGABRT", "SIGBUS"}
    memory = full or name == "SIGKILL"
    text = say("killed by {name} (out of memory)", name=name) if memory else say("killed by {name}", name=name)
    return Exit(text, number, None, memory)


def ended(exit: Exit) -> str:
    """Return one sentence, for whoever wrote what ran, on a runner that ended before it answered.

    >>> ended(Exit("exited with code 3", None, 3, False))
    'the process ended itself in the middle of the work (exit code 3)'
    """
    if exit.out_of_memory:
        return say("the process ran out of memory")
    if exit.code is not None and exit.code != BROKEN_OFF:
        return say("the process ended itself in the middle of the work (exit code {code})", code=exit.code)
    name = signal_name(exit.signal or 0)
    if name in _FATAL:
        return say("the process crashed in the middle of the work: {why} ({name})", why=say(_FATAL[name]), name=name)
    if exit.code is not None:
        return say("the process ended in the middle of the work")
    return say("the process ended in the middle of the work ({how})", how=exit.status)


_FATAL = {
    "SIGSEGV": later(
        "memory was used that is not there, as by an index that nobody checks or by recursion in native code"
    ),
    "SIGBUS": later("memory was used that is not there"),
    "SIGABRT": later("native code gave up"),
    "SIGFPE": later("native code divided by zero"),
    "SIGILL": later("native code did what this processor cannot do"),
}


def signal_name(number: int) -> str:
    """Return the name of a signal, such as SIGKILL."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return say("signal {number}", number=number)
