"""Runners that use a GPU: not forked, and locked down as far as CUDA allows. The GPU is a stand-in, the rest is not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.engine import wire
from grader.engine.sandbox import Limits, Zygote, spawning
from grader.engine.sandbox.gpus import device_files
from tests.engine.sandbox.conftest import STANDIN, ask, executor

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="runners are locked down on Linux only")

Run = Callable[..., str]
DENIED = ("PermissionError", "FileNotFoundError", "OSError: [Errno 30]")
SHARED = "take shared memory without end"


@pytest.fixture(scope="module")
def gpu(start: Callable[..., Zygote]) -> Iterator[Zygote]:
    with start(gpu=True) as made:
        yield made


@pytest.fixture
def beside(gpu: Zygote) -> Run:
    """Execute code in a fresh runner with a GPU; return its answer."""
    return executor(gpu)


@pytest.mark.parametrize("profile", ["plain", "workers"])
def test_a_runner_with_a_gpu_has_the_layers_of_others_and_its_own_level(
    gpu: Zygote, zygote: Zygote, profile: str
) -> None:
    report, forked = gpu.report(profile), zygote.report(profile)
    if forked.level != "strong":
        pytest.skip(f"this host gives no strong sandbox: {forked.layers}")
    assert (report.level, report.layers["canary"]) == ("good", f"refused: {SHARED}: allowed")
    assert {act for act, result in report.acts.items() if result != "denied"} == {SHARED}
    assert report.acts.keys() == forked.acts.keys()
    refused = {layer for layer, state in report.layers.items() if state != "ok"}
    assert refused == {"canary"}
    assert forked.layers.keys() - report.layers.keys() == {"threads"}
    assert (report.layers["gpu"], report.details["gpu"]) == ("ok", "8192 MiB free")


@pytest.mark.parametrize(
    "code",
    [
        "open('/etc/passwd')",
        "import os; os.listdir('/')",
        "open('/proc/self/maps')",
        "open('/tmp/file', 'w')",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
        "import socket; socket.socket()",
        "import os; os.kill(os.getppid() or 1 << 20, 0)",
        "import os; os.chroot('/')",
        "import solutions",
    ],
)
def test_what_no_runner_may_do_one_with_a_gpu_may_not(beside: Run, zygote: Zygote, code: str) -> None:
    if zygote.report().level != "strong":
        pytest.skip("this host gives no strong sandbox")
    assert beside(code).startswith((*DENIED, "ModuleNotFoundError"))


def test_private_memory_is_capped_and_address_space_is_not(beside: Run) -> None:
    limits = Limits(memory_bytes=200 << 20)
    assert beside("x = bytearray(400 << 20)", limits=limits).startswith("MemoryError")
    assert beside("import torch; torch.ones(100 << 20)", limits=limits).startswith("RuntimeError")
    reserved = "import mmap; result = len(mmap.mmap(-1, 1 << 40, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 0))"
    assert beside(reserved, limits=limits) == str(1 << 40)


def test_descriptors_of_the_warm_process_stay_and_the_standard_ones_lead_nowhere(beside: Run) -> None:
    code = "import os; result = [os.fstat(n).st_rdev == os.stat('/dev/null').st_rdev for n in (0, 1, 2)]"
    assert beside(code) == "[True, True, True]"


def test_the_runner_is_told_how_much_of_the_gpu_is_its_own_before_it_is_locked_down(beside: Run) -> None:
    assert (
        beside("from standin.devices import limits; result = limits", limits=Limits(gpu_bytes=5 << 20)) == "[5242880]"
    )


def test_the_environment_says_of_the_host_which_gpus_to_use_and_no_more(
    monkeypatch: pytest.MonkeyPatch, start: Callable[..., Zygote]
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")
    with start(gpu=True) as zygote:
        runner = zygote.fork()
        assert ask(runner, "import os; result = os.environ['CUDA_VISIBLE_DEVICES'], 'SECRET' in os.environ") == (
            "('1', False)"
        )
        runner.kill()


def test_the_end_of_a_runner_with_a_gpu_is_told_as_that_of_others(gpu: Zygote) -> None:
    runner = gpu.fork()
    with pytest.raises(wire.WireClosed):
        ask(runner, "import os; os._exit(5)")
    assert runner.kill().status == "exited with code 5"
    runner = gpu.fork()
    with pytest.raises(wire.WireClosed):
        ask(runner, "import ctypes; ctypes.string_at(0)")
    assert runner.kill().status == "killed by SIGSEGV"
    assert gpu.fork().kill().status == "killed by the grader"


JUDGE = """
import sys, time
from pathlib import Path
from grader.engine import wire
from grader.engine.sandbox import Zygote
zygote = Zygote.start([], engine="standin", search=[Path(sys.argv[1])], warm="minimal", gpu=True)
runner = zygote.fork()
wire.send_frame(runner.sock, b"while True: pass", time.monotonic() + 60)
print(runner.pid, flush=True)
time.sleep(600)
"""


def test_a_runner_that_never_listens_ends_with_its_judge() -> None:
    judge = subprocess.Popen([sys.executable, "-c", JUDGE, str(STANDIN)], stdout=subprocess.PIPE, text=True)
    assert judge.stdout is not None
    behind = int(judge.stdout.readline())
    (runner,) = (int(one) for one in Path(f"/proc/{behind}/task/{behind}/children").read_text().split())
    judge.send_signal(signal.SIGKILL)
    judge.wait()
    end = time.monotonic() + 30
    while any(is_alive(pid) for pid in (behind, runner)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_alive(runner)
    assert not is_alive(behind)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_threads_that_began_before_are_told_of_landlock(tmp_path: Path) -> None:
    checks = tmp_path / "checks.py"
    checks.write_text("import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n")
    with Zygote.start([("demo", checks)], engine="standin", search=[STANDIN], warm="minimal", gpu=True) as zygote:
        report = zygote.report()
    if report.layers["jail"] != "ok":
        pytest.skip("this host gives no jail")
    assert report.layers["landlock"].endswith("but not for 1 threads that were started before")
    assert report.acts["read a system file"] == report.acts["start a program"] == "denied"
    assert report.level == "good"


GPU = """
import errno, os
def warm_up():
    if {when}:
        raise OSError(errno.ENODEV, "no CUDA-capable device is detected")
    return 8 << 30
def limit_memory(size): pass
"""
IN_A_NAMESPACE = "os.getpid() == 1"


def engine(folder: Path, when: str) -> Path:
    """Write an engine whose GPU does not start where an expression holds."""
    (folder / "engine").mkdir()
    (folder / "engine" / "__init__.py").write_text("")
    (folder / "engine" / "devices.py").write_text(GPU.format(when=when))
    for name, what in (("prepare", "prepare"), ("serve", "serve")):
        (folder / "engine" / f"{name}.py").write_text(f"from standin.{name} import {what}\n")
    return folder


@pytest.mark.parametrize(
    ("when", "level", "gpu", "namespaces"),
    [
        (IN_A_NAMESPACE, "good", "ok", "refused: CUDA does not start in namespaces"),
        ("True", "good", "refused: no CUDA-capable device is detected", "ok"),
    ],
)
def test_where_cuda_does_not_start_it_is_tried_without_namespaces_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zygote: Zygote, when: str, level: str, gpu: str, namespaces: str
) -> None:
    if zygote.report().level != "strong" or os.geteuid() != 0:
        pytest.skip("this host gives no strong sandbox")
    monkeypatch.setattr(spawning, "has_cuda", lambda: True)
    search = [engine(tmp_path, when), STANDIN]
    with Zygote.start([], engine="engine", search=search, warm="minimal", gpu=True) as made:
        report = made.report()
        runner = made.fork()
        assert ask(runner, "result = 1 + 1") == "2"
        assert runner.layers["gpu"].partition(":")[0] == gpu.partition(":")[0]
        runner.kill()
    assert (report.layers["gpu"], report.layers["namespaces"], report.level) == (gpu, namespaces, level)


def test_as_many_runners_fit_as_memory_allows(gpu: Zygote, zygote: Zygote) -> None:
    assert gpu.gpu_runners(Limits(gpu_bytes=2 << 30)) == 3
    assert gpu.gpu_runners(Limits(gpu_bytes=400 << 20)) == 8
    assert gpu.gpu_runners(Limits(gpu_bytes=9 << 30)) == 0
    assert zygote.gpu_runners(Limits()) is None


def test_the_drivers_files_are_found(tmp_path: Path) -> None:
    (tmp_path / "nvidia-caps").mkdir()
    names = ("nvidia0", "nvidia12", "nvidiactl", "nvidia-uvm", "nvidia-caps/nvidia-cap2", "nvidia-modeset", "null")
    for name in names:
        (tmp_path / name).touch()
    found = [str(Path(one).relative_to(tmp_path)) for one in device_files(tmp_path)]
    assert found == ["nvidia-caps/nvidia-cap2", "nvidia-uvm", "nvidia0", "nvidia12", "nvidiactl"]
