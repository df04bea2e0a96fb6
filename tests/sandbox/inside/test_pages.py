from __future__ import annotations

import sys

import pytest

from grader.sandbox.inside.pages import _FORKS_BEFORE, HugePages, _own_memory

HUGE = 2 << 20


def test_only_private_memory_without_a_file_is_gathered() -> None:
    maps = """
400000-a00000 rw-p 00000000 00:00 0                          [heap]
1000000-1700000 rw-p 00000000 00:00 0
2000000-2600000 rw-s 00000000 00:01 9                        /dev/zero (deleted)
3000000-3600000 rw-p 00000000 08:01 9                        /usr/lib/libtorch.so
4000000-4600000 r--p 00000000 00:00 0
5000000-5600000 rw-p 00000000 00:00 0                        [stack]
5f00000-6000000 rw-p 00000000 00:00 0
"""
    assert _own_memory(maps.strip()) == [(0x400000, 0xA00000), (0x1000000, 0x1600000)]


@pytest.mark.skipif(sys.platform != "linux", reason="huge pages are asked for on Linux only")
def test_the_work_begins_after_some_forks_ends_and_changes_nothing() -> None:
    pattern = bytes(range(256)) * (8 * HUGE // 256)
    memory = bytearray(pattern)
    pages = HugePages()
    for _ in range(_FORKS_BEFORE - 1):
        pages.forked()
        assert not pages.pending()
    pages.forked()
    steps = 0
    while pages.pending():
        pages.step()
        steps += 1
    assert steps > 1
    assert memory == pattern
    pages.forked()
    assert not pages.pending()
