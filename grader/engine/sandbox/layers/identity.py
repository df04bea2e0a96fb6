"""Users, groups and capabilities: a runner owns nothing and may do nothing that an ordinary user may not."""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

from grader.engine.sandbox.layers.kernel import PR_CAPBSET_DROP, prctl, syscall

_CAPABILITY_VERSION = 0x20080522
_LAST_CAPABILITY = 63
_FIRST_OWN = 1 << 30
_FIRST_IN_A_CONTAINER = 61184
_SLOTS = 256


def pick(zygote: int, number: int, mapped: int) -> int:
    """Return a user id that no account has, and no other runner at the same time.

    `zygote` is a number drawn for the zygote, `number` counts its runners, `mapped` is how many ids this host or
    container knows: a container often knows 65536.

    >>> pick(1000, 3, 1 << 32) - pick(1000, 2, 1 << 32)
    1
    >>> pick(1000, 3, 65536) < 65520
    True
    """
    slot = zygote * _SLOTS + number % _SLOTS
    if mapped > 1 << 31:
        return _FIRST_OWN + slot % (1 << 30)
    return _FIRST_IN_A_CONTAINER + slot % 4096


def mapped_ids() -> int:
    """Return how many user ids this process's user namespace knows."""
    lines = Path("/proc/self/uid_map").read_text().splitlines()
    return sum(int(line.split()[2]) for line in lines)


def drop_bounding_set() -> None:
    """Give up every capability for good, also those a program could bring. Raises `OSError` without CAP_SETPCAP."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError as error:
            if error.errno == 22:  # EINVAL: past the last one this kernel knows
                return
            raise


def become(user: int) -> str:
    """Take another user and group id, without further groups. Raises `OSError` when not root."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    return "an id of its own"


def capabilities() -> int:
    """Return this process's permitted and effective capabilities as a bit mask."""
    header = struct.pack("<Ii", _CAPABILITY_VERSION, 0)
    data = ctypes.create_string_buffer(24)
    syscall("capget", header, data)
    effective, permitted, _, effective_high, permitted_high, _ = struct.unpack("<6I", data.raw)
    return int(effective | permitted | (effective_high | permitted_high) << 32)


def drop_capabilities() -> None:
    """Empty the capability sets of this process. Raises `OSError`."""
    header = struct.pack("<Ii", _CAPABILITY_VERSION, 0)
    syscall("capset", header, bytes(24))
