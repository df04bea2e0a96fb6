"""The filter, run by a small interpreter of its instructions, so that each table is tested on every machine."""

from __future__ import annotations

import errno
import struct

import pytest

from grader.engine.sandbox.layers import seccomp, syscalls
from grader.engine.sandbox.layers.filters import ALLOW, FAIL, KILL

PID = 77
REFUSED = FAIL | errno.EPERM
MACHINES = ("x86_64", "aarch64")


def run(code: bytes, architecture: int, number: int, *arguments: int) -> int:
    """Return what a filter answers to a system call."""
    data = struct.pack("<IIQ6Q", number, architecture, 0, *(arguments + (0,) * (6 - len(arguments))))
    instructions = list(struct.iter_unpack("<HBBI", code))
    value, position = 0, 0
    while True:
        operation, yes, no, constant = instructions[position]
        position += 1
        if operation == 0x20:
            (value,) = struct.unpack_from("<I", data, constant)
        elif operation == 0x06:
            return constant
        else:
            holds = {0x15: value == constant, 0x35: value >= constant, 0x45: bool(value & constant)}[operation]
            position += yes if holds else no


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(seccomp, "machine", lambda: request.param)
    seccomp.program.cache_clear()
    yield request.param
    seccomp.program.cache_clear()


class Filter:
    def __init__(
        self, machine: str, workers: bool = False, signals: seccomp.Signals = "self", changes: bool = False
    ) -> None:
        self.machine = machine
        self.code = seccomp.program(workers, signals, PID, changes)

    def __call__(self, name: str, *arguments: int) -> int:
        number = syscalls.NUMBERS[self.machine][name]
        return run(self.code, syscalls.AUDIT_ARCHITECTURE[self.machine], number, *arguments)


def test_a_plain_runner_may_start_threads_but_no_process(machine: str) -> None:
    plain = Filter(machine)
    assert plain("clone", 0x3D0F00) == ALLOW
    assert plain("clone", 17) == REFUSED
    assert plain("clone3") == FAIL | errno.ENOSYS
    assert plain("execve") == plain("execveat") == REFUSED
    assert plain("socket", 1) == plain("socket", 2) == REFUSED


def test_workers_may_start_processes_without_namespaces(machine: str) -> None:
    workers = Filter(machine, workers=True, signals="any")
    assert workers("clone", 17) == workers("clone", 0x3D0F00) == ALLOW
    for flag in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
        assert workers("clone", 17 | flag) == REFUSED
    assert workers("socket", 1) == ALLOW
    assert workers("socket", 2) == workers("socket", 10) == workers("socket", 16) == REFUSED
    assert workers("execve") == REFUSED
    assert workers("kill", 1) == ALLOW


def test_signals_reach_the_runner_itself_or_nobody(machine: str) -> None:
    plain = Filter(machine)
    assert plain("kill", PID) == plain("tgkill", PID) == ALLOW
    assert plain("kill", PID + 1) == plain("kill", 0) == plain("kill", 0xFFFFFFFF) == plain("tkill", PID) == REFUSED
    nobody = Filter(machine, workers=True, signals="none")
    assert nobody("kill", PID) == nobody("tgkill", PID) == REFUSED


def test_limits_can_be_read_but_not_set(machine: str) -> None:
    plain = Filter(machine)
    assert plain("prlimit64", 0, 9, 0) == ALLOW
    assert plain("prlimit64", 0, 9, 0x7FFF0000) == REFUSED
    assert plain("prlimit64", 0, 9, 1 << 32) == REFUSED
    assert plain("setrlimit", 9, 1) == REFUSED


def test_prctl_and_ioctl_are_narrowed(machine: str) -> None:
    plain = Filter(machine)
    assert plain("prctl", 15) == ALLOW
    for option in (1, 4, 8, 22, 24, 36, 38, 59):
        assert plain("prctl", option) == REFUSED
    assert plain("ioctl", 0, 0x5401) == ALLOW
    assert plain("ioctl", 0, 0x5412) == REFUSED


@pytest.mark.parametrize("name", seccomp._ALWAYS_REFUSED)
def test_each_refused_call_is_refused_in_every_profile(machine: str, name: str) -> None:
    if name not in syscalls.NUMBERS[machine]:
        assert name in syscalls.NUMBERS["x86_64"] or name == "open_tree_attr"
        return
    assert Filter(machine)(name) == REFUSED
    assert Filter(machine, workers=True, signals="any")(name) == REFUSED


def test_ordinary_calls_pass(machine: str) -> None:
    plain = Filter(machine)
    reading = {"x86_64": 0, "aarch64": 63}[machine]
    assert run(plain.code, syscalls.AUDIT_ARCHITECTURE[machine], reading) == ALLOW
    assert plain("sched_yield") == plain("socketpair", 1) == ALLOW


def test_files_may_be_changed_only_where_a_runner_sees_its_own(machine: str) -> None:
    changing = Filter(machine, changes=True)
    for name in seccomp._CHANGES_TO_FILES:
        if name in syscalls.NUMBERS[machine]:
            assert Filter(machine)(name) == REFUSED
            assert changing(name) == ALLOW


def test_another_architecture_is_killed_and_x32_refused(machine: str) -> None:
    plain = Filter(machine)
    other = syscalls.AUDIT_ARCHITECTURE["aarch64" if machine == "x86_64" else "x86_64"]
    assert run(plain.code, other, 0) == KILL
    assert run(plain.code, 0x40000003, 0) == KILL  # 32-bit x86
    if machine == "x86_64":
        assert run(plain.code, syscalls.AUDIT_ARCHITECTURE[machine], 0x40000000) == REFUSED


def test_a_machine_without_a_table_is_refused_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    seccomp.program.cache_clear()
    monkeypatch.setattr(seccomp, "machine", lambda: "riscv64")
    with pytest.raises(OSError, match="no system call table for riscv64"):
        seccomp.program(False, "self", 1, False)


def test_no_number_stands_twice_in_a_table() -> None:
    for name in MACHINES:
        numbers = list(syscalls.NUMBERS[name].values())
        assert len(numbers) == len(set(numbers))


def test_a_rule_left_out_of_the_filter_would_be_noticed(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted bug: without `ptrace` in the list, the test above must fail."""
    kept = tuple(name for name in seccomp._ALWAYS_REFUSED if name != "ptrace")
    monkeypatch.setattr(seccomp, "_ALWAYS_REFUSED", kept)
    seccomp.program.cache_clear()
    assert Filter(machine)("ptrace") != REFUSED
