from __future__ import annotations

import signal

import pytest

from grader.engine.sandbox import Limits
from grader.engine.sandbox.exits import describe

LIMITS = Limits(memory_bytes=100, cpu_seconds=5)


@pytest.mark.parametrize(
    ("status", "ours", "grown", "cpu", "text", "memory"),
    [
        (0, False, 0, 0.0, "exited with code 0", False),
        (70 << 8, False, 0, 0.0, "exited with code 70", False),
        (signal.SIGKILL, True, 0, 0.0, "killed by the grader", False),
        (signal.SIGKILL, False, 0, 0.0, "killed by SIGKILL (out of memory)", True),
        (signal.SIGKILL, False, 0, 5.5, "used up its 5 s of processor time", False),
        (signal.SIGSEGV, False, 10, 0.0, "killed by SIGSEGV", False),
        (signal.SIGABRT, False, 95, 0.0, "killed by SIGABRT (out of memory)", True),
        (64, False, 0, 0.0, "killed by SIGRTMAX", False),
        (40, False, 0, 0.0, "killed by signal 40", False),
    ],
)
def test_a_status_in_words(status: int, ours: bool, grown: int, cpu: float, text: str, memory: bool) -> None:
    ended = describe(status, ours=ours, grown_bytes=grown, cpu_seconds=cpu, limits=LIMITS)
    assert (ended.status, ended.out_of_memory) == (text, memory)
