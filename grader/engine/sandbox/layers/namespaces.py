"""Namespaces: a view of processes, network, mounts and host names that holds nothing of the host's."""

from __future__ import annotations

import os
from pathlib import Path

from grader.engine.sandbox.layers.kernel import setns, unshare

NEW_MOUNT = 0x00020000
NEW_UTS = 0x04000000
NEW_IPC = 0x08000000
NEW_USER = 0x10000000
NEW_PID = 0x20000000
NEW_NET = 0x40000000

_KINDS = {"mount": NEW_MOUNT, "net": NEW_NET, "ipc": NEW_IPC, "uts": NEW_UTS, "pid": NEW_PID}


def enter_user() -> str:
    """Enter a user namespace in which this process keeps its ids and gains the right to make other namespaces.

    The process must have one thread. Raises `OSError` where the host refuses.
    """
    user, group = os.getuid(), os.getgid()
    unshare(NEW_USER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return "entered"


def enter(kinds: tuple[str, ...] = tuple(_KINDS)) -> dict[str, str]:
    """Enter those new namespaces that the host allows; return each kind's "ok" or the reason for its refusal.

    The process namespace holds the children forked from now on, not this process.
    """
    states: dict[str, str] = {}
    for kind in kinds:
        try:
            unshare(_KINDS[kind])
            states[kind] = "ok"
        except OSError as error:
            states[kind] = f"refused: {error.strerror}"
    return states


class ProcessNamespaces:
    """Gives each child that is forked next a process namespace of its own, whose first process it is.

    When that child dies, the kernel kills all that it started. The caller must itself be in a process namespace
    that its own user namespace made.
    """

    def __init__(self) -> None:
        self._own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def renew(self) -> None:
        """Prepare the next fork. Raises `OSError` where the host refuses."""
        # Once the first process of a namespace has died, forks into it fail with ENOMEM: go home first, every time.
        setns(self._own, NEW_PID)
        unshare(NEW_PID)

    def leave(self) -> None:
        """Let the next fork be an ordinary child again."""
        setns(self._own, NEW_PID)
