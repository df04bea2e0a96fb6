"""What a real runner cannot do. Each test asks a runner to try."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.engine import wire
from grader.engine.sandbox import Limits, Zygote
from tests.engine.sandbox.conftest import ask

Run = Callable[..., str]
Needs = Callable[..., None]

DENIED = ("PermissionError", "FileNotFoundError", "OSError: [Errno 30]", "BlockingIOError")


@pytest.mark.parametrize("profile", ["plain", "files", "workers"])
@pytest.mark.parametrize(
    "path", ["/etc/passwd", "/proc/self/status", "/proc/1/environ", "/root", "/home", "/tmp", "/", "/sys", "/dev/mem"]
)
def test_files_of_the_host_are_out_of_reach(run: Run, needs: Needs, profile: str, path: str) -> None:
    needs("landlock")
    assert run(f"import os; os.listdir({path!r}) if os.path.isdir({path!r}) else open({path!r})", profile).startswith(
        DENIED
    )


def test_the_course_is_out_of_reach(run: Run, needs: Needs, checks: Path) -> None:
    needs("landlock")
    assert run(f"open({str(checks)!r})").startswith(DENIED)
    root = Path(__file__).resolve().parents[4]
    for name in ("pyproject.toml", "solutions", "assignments", "tests"):
        assert run(f"import os; os.open({str(root / name)!r}, os.O_RDONLY)").startswith(DENIED)
    assert run("import solutions").startswith("ModuleNotFoundError")


def test_modules_of_the_library_can_be_imported(run: Run) -> None:
    assert run("import colorsys, torch.nn.utils.rnn, torchvision, PIL.Image, grader.records.values; result = 1") == "1"


@pytest.mark.parametrize("directory", ["/", "/tmp", "/dev/shm", "/empty", "/var/tmp"])
def test_a_plain_runner_writes_nowhere_but_into_its_scratch(run: Run, needs: Needs, directory: str) -> None:
    needs("landlock")
    assert run(f"open({directory!r} + '/file', 'w')").startswith(DENIED)


def test_what_one_runner_writes_no_other_sees(run: Run) -> None:
    assert run("import os, tempfile; tempfile.mkstemp(dir='.'); result = len(os.listdir('.'))") == "1"
    assert run("import os; result = os.listdir('.')") == "[]"


def test_the_library_cannot_be_changed(run: Run, needs: Needs) -> None:
    needs("landlock")
    for name in ("os", "torch", "grader.engine.wire"):
        assert run(f"import importlib; open(importlib.import_module({name!r}).__file__, 'a')").startswith(DENIED)


@pytest.mark.parametrize("profile", ["plain", "files", "workers"])
def test_a_scratch_directory_is_the_runners_own(run: Run, profile: str) -> None:
    code = """
import os, tempfile
with tempfile.NamedTemporaryFile('w') as stream:
    stream.write('hi')
open('kept', 'w').write('hi')
os.makedirs('a/b')
result = os.listdir('.'), os.path.realpath(tempfile.gettempdir()) == os.getcwd()
"""
    for _ in range(2):
        assert run(code, profile) in {"(['kept', 'a'], True)", "(['a', 'kept'], True)"}


def test_a_scratch_directory_cannot_be_filled_beyond_its_size(run: Run, needs: Needs) -> None:
    needs("jail")
    limits = Limits(scratch_bytes=4 << 20, scratch_files=100, file_bytes=1 << 20)
    many = """
n = 0
try:
    while True: open(str(n), 'wb').write(b'x' * {size}); n += 1
except OSError as error: result = n, error.errno
"""
    count, number = eval(run(many.format(size=1 << 20), "files", limits))
    assert (count <= 4, number) == (True, 28)
    count, number = eval(run(many.format(size=0), "files", limits))
    assert (count <= 100, number) == (True, 28)
    assert "File too large" in run("open('one', 'wb').write(b'x' * (2 << 20))", "files", limits)


@pytest.mark.parametrize(
    ("profile", "code"),
    [
        ("plain", "os.fork()"),
        ("plain", "multiprocessing.get_context('fork').Process(target=print).start()"),
        ("plain", "subprocess.run(['/bin/true'])"),
        ("workers", "os.execv('/bin/true', ['true'])"),
        ("workers", "subprocess.run(['/bin/true'])"),
        ("plain", "socket.socket()"),
        ("plain", "socket.socket(socket.AF_UNIX)"),
        ("workers", "socket.socket()"),
        ("workers", "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)"),
        ("plain", "os.kill(-1, 9)"),
        ("plain", "os.kill(os.getppid() or 1 << 20, 0)"),
        ("plain", "os.setuid(1)"),
        ("plain", "os.setsid()"),
        ("plain", "os.mkfifo('x')"),
        ("files", "os.symlink('/etc/passwd', 'x')"),
        ("files", "os.mknod('x', 0o060600, 1 << 8)"),
        ("plain", "os.memfd_create('x')"),
        ("plain", "os.pidfd_open(os.getpid())"),
        ("plain", "os.setpriority(os.PRIO_PROCESS, 0, -5)"),
        ("plain", "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))"),
        ("plain", "os.chroot('/')"),
        ("plain", "os.unshare(os.CLONE_NEWUSER)" if hasattr(__import__("os"), "unshare") else "os.setgroups([])"),
        ("plain", "resource.setrlimit(resource.RLIMIT_NOFILE, (10, 10))"),
        ("plain", "ctypes_call('ptrace')"),
        ("plain", "ctypes_call('process_vm_readv')"),
        ("plain", "ctypes_call('bpf')"),
        ("plain", "ctypes_call('io_uring_setup')"),
        ("plain", "ctypes_call('userfaultfd')"),
        ("plain", "ctypes_call('keyctl')"),
        ("plain", "ctypes_call('perf_event_open')"),
        ("plain", "ctypes_call('mount')"),
        ("plain", "ctypes_call('shmget')"),
        ("plain", "ctypes_call('prctl', 4, 1)"),
        ("plain", "ctypes_call('seccomp', 1, 0, 0)"),
    ],
)
def test_system_calls_without_a_use_are_refused(run: Run, needs: Needs, profile: str, code: str) -> None:
    needs("seccomp")
    preamble = """
import multiprocessing, os, resource, socket, subprocess
def ctypes_call(name, *arguments):
    from grader.engine.sandbox.layers.kernel import syscall
    syscall(name, *(arguments or (0, 0, 0, 0, 0)))
"""
    answer = run(preamble + code, profile)
    assert answer.startswith(("PermissionError", "ValueError: not allowed", "OSError: [Errno 30]")), answer


def test_a_clone_that_is_no_thread_is_refused_and_a_thread_is_not(run: Run, needs: Needs) -> None:
    needs("seccomp")
    assert run("from grader.engine.sandbox.layers.kernel import syscall\nsyscall('clone', 17, 0, 0, 0, 0)").startswith(
        "PermissionError"
    )
    code = "import threading\nresult = []\nt = threading.Thread(target=result.append, args=[1]); t.start(); t.join()"
    assert run(code) == "[1]"


def test_a_signal_to_oneself_passes(run: Run) -> None:
    code = "import os, signal\nresult = []\nsignal.signal(10, lambda *a: result.append(1)); os.kill(os.getpid(), 10)"
    assert run(code) == "[1]"


def test_memory_is_capped(run: Run) -> None:
    limits = Limits(memory_bytes=200 << 20)
    assert run("x = bytearray(400 << 20)", limits=limits).startswith("MemoryError")
    assert run("import torch; torch.ones(100 << 20)", limits=limits).startswith("RuntimeError")
    assert run("x = bytearray(50 << 20); result = 1", limits=limits) == "1"


def test_open_files_are_capped(run: Run) -> None:
    answer = run("opened = []\nwhile True: opened.append(open('/dev/null'))", limits=Limits(open_files=20))
    assert "Too many open files" in answer


def test_threads_and_processes_are_capped(run: Run, zygote: Zygote) -> None:
    if "not counted" in zygote.report().details["limits"]:
        pytest.skip("this host cannot count the processes of one runner")
    code = """
import threading
end, n = threading.Event(), 0
try:
    while n < 1000: threading.Thread(target=end.wait, daemon=True).start(); n += 1
except RuntimeError as error: result = n
"""
    assert 20 < int(run(code, limits=Limits(processes=32))) < 32
    forks = """
import os, time
n = 0
try:
    while n < 1000:
        if os.fork() == 0: time.sleep(600)
        n += 1
except OSError as error: result = n
"""
    assert 8 < int(run(forks, "workers", Limits(processes=16))) < 16


def test_nothing_can_be_found_out_about_the_host(run: Run, needs: Needs) -> None:
    needs("namespaces", "process namespace")
    assert run("import os; result = os.getpid(), os.getppid()") == "(1, 0)"
    assert run("import os; result = sorted(os.environ)") == str(
        [
            "CUDA_VISIBLE_DEVICES",
            "HOME",
            "LANG",
            "MKL_NUM_THREADS",
            "OMP_NUM_THREADS",
            "PATH",
            "TMPDIR",
            "TORCHINDUCTOR_CACHE_DIR",
        ]
    )


def test_runners_have_users_of_their_own(zygote: Zygote, run: Run, needs: Needs) -> None:
    needs("user")
    users = {run("import os; result = os.getresuid(), os.getresgid(), os.getgroups()") for _ in range(3)}
    assert len(users) == 3
    assert not any("(0," in user for user in users)


def test_a_runner_holds_no_capability(run: Run) -> None:
    assert run("from grader.engine.sandbox.layers import identity; result = identity.capabilities()") == "0"


def test_a_runner_cannot_be_dumped_or_traced(run: Run, needs: Needs) -> None:
    needs("hidden")
    assert run("from grader.engine.sandbox.layers.kernel import prctl; result = prctl(3)") == "0"


@pytest.mark.skipif(platform.machine() != "x86_64", reason="32-bit calls exist beside 64-bit ones on x86-64 only")
def test_the_calls_of_another_architecture_end_the_runner(zygote: Zygote, needs: Needs) -> None:
    needs("seccomp")
    code = """
import ctypes, mmap
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3")  # mov eax, 20 (getpid); int 0x80; ret
address = ctypes.addressof(ctypes.c_char.from_buffer(page))
result = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
"""
    runner = zygote.fork()
    with pytest.raises(wire.WireClosed):
        ask(runner, code)
    assert runner.kill().status == "killed by SIGSYS"
