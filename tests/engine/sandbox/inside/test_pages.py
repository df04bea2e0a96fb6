from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from grader.engine.sandbox.inside.pages import _FORKS_BEFORE, HugePages, _gpu_tables, _own_memory

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


LIBRARIES = """
1000000-1400000 r-xp 00000000 08:01 9                        /lib/libcublasLt.so.13
1400000-1800000 rw-p 00400000 08:01 9                        /lib/libcublasLt.so.13
1800000-7800000 rw-p 00000000 00:00 0
7900000-8900000 rw-p 00000000 00:00 0
9000000-9400000 rw-p 00400000 08:01 9                        /lib/libtorch_cpu.so
9400000-9c00000 rw-p 00000000 00:00 0
"""


def test_gpu_tables_are_what_follows_their_library_at_once() -> None:
    assert _gpu_tables(LIBRARIES.strip()) == [(0x1800000, 0x7800000)]


def test_gpu_tables_are_not_gathered() -> None:
    assert _own_memory(LIBRARIES.strip()) == [(0x7A00000, 0x8800000), (0x9400000, 0x9C00000)]


LEFT_OUT = """
import ctypes, os, sys
from pathlib import Path
import torch
from grader.engine.sandbox.inside.pages import _gpu_tables, leave_out_gpu_tables

tables = _gpu_tables(Path("/proc/self/maps").read_text())
full = [any(ctypes.string_at(start, end - start)) for start, end in tables]
size = leave_out_gpu_tables()
assert size == sum(end - start for start, end in tables)
reading, writing = os.pipe()
if os.fork() == 0:
    seen = [any(ctypes.string_at(start, end - start)) for start, end in tables]
    solved = torch.linalg.solve(torch.eye(3) * 2, torch.ones(3)).tolist() == [0.5] * 3
    os.write(writing, repr((seen, solved)).encode())
    os._exit(0)
os.wait()
print((full, *eval(os.read(reading, 1000))))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is left out of forks on Linux only")
def test_a_fork_has_zeros_for_gpu_tables_and_torch_works() -> None:
    done = subprocess.run([sys.executable, "-c", LEFT_OUT], capture_output=True, text=True, check=True)
    full, seen, solved = ast.literal_eval(done.stdout)
    assert solved
    if not full:
        pytest.skip("this torch has no library for GPUs")
    assert any(full)
    assert not any(seen)


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
