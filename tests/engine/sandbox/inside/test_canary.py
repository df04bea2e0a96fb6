"""What the canary takes for a signal that could be sent: by hand, since a host rarely lacks just the layers for it."""

from __future__ import annotations

import errno
import os
import sys

import pytest

from grader.engine.sandbox.inside import canary

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="runners are locked down on Linux only")


@pytest.mark.parametrize(
    ("reached", "allowed"), [(set(), False), ({-1}, False), ({os.getppid()}, True), ({os.getpid() - 3}, True)]
)
def test_a_signal_counts_when_a_process_can_be_reached(
    reached: set[int], allowed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Linux says yes to all processes at once (-1) also where none can be: that alone says nothing."""
    asked = []

    def kill(pid: int, number: int) -> None:
        asked.append((pid, number))
        if pid not in reached:
            raise PermissionError(errno.EPERM, "no")

    monkeypatch.setattr(os, "kill", kill)
    if allowed:
        canary._signal_outside()
    else:
        with pytest.raises(PermissionError):
            canary._signal_outside()
    assert {number for _, number in asked} == {0}, "nothing is ever really signalled"
    assert os.getpid() not in {pid for pid, _ in asked}
