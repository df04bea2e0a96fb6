"""The canary: a runner that really tries what no runner may do, and tells how each attempt ended."""

from __future__ import annotations

import errno
import mmap
import os
import resource
import socket
import threading
from collections.abc import Callable

from grader.engine.sandbox import messages
from grader.engine.sandbox.layers import identity
from grader.engine.sandbox.layers.kernel import syscall
from grader.engine.sandbox.limits import Profile
from grader.engine.wire import send_frame

DENIED = "denied"
_PTRACE_ATTACH = 16
_NEAR = 500
"""How many processes before and after this one are asked whether they can be signalled."""

EXPECTED: dict[Profile, tuple[str, ...]] = {
    "plain": (),
    "files": (),
    "workers": ("start a process", "open a local socket"),
}
"""What a profile allows on purpose: it is not tried."""

_OUTSIDE = ("/", "/tmp", "/var/tmp", "/etc", "/usr/lib", os.path.dirname(os.__file__))
_SHARED: dict[Profile, tuple[str, ...]] = {"plain": ("/dev/shm",), "files": ("/dev/shm",), "workers": ()}

# What is not there cannot be read, written or signalled either: the jail and namespaces hide by leaving out.
_REFUSAL_NAMES = ("EPERM", "EACCES", "ENOENT", "ESRCH", "EROFS", "ENOMEM", "EMFILE", "EAGAIN")
_REFUSALS = {getattr(errno, name) for name in _REFUSAL_NAMES}


def try_forbidden_acts(sock: socket.socket, request: messages.Fork) -> None:
    """Try every forbidden act and send a dict of act to "denied" or to what happened instead."""
    file = os.path.join(request.bait, "file")
    beyond = request.limits.memory_bytes + (64 << 20)
    acts: dict[str, Callable[[], object]] = {
        "read a system file": lambda: _read("/etc/passwd"),
        "read the course": lambda: _read_all(request.forbidden),
        "read /proc": lambda: _read("/proc/1/status", "/proc/self/maps", "/proc/self/environ"),
        "list the root directory": lambda: os.listdir("/"),
        "write beside the scratch directory": lambda: _write(*_OUTSIDE, *_SHARED[request.profile]),
        "change a file of ours": lambda: _change(file),
        "connect to a socket of ours": lambda: _connect(os.path.join(request.bait, "socket")),
        "start a process": _fork,
        "start a program": _execute,
        "open a network socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        "open a local socket": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
        "signal the zygote": _signal_outside,
        "trace the zygote": lambda: syscall("ptrace", _PTRACE_ATTACH, _zygote(), 0, 0),
        "read the zygote's memory": lambda: syscall("process_vm_readv", _zygote(), None, 0, None, 0, 0),
        "make a namespace": lambda: syscall("unshare", 0x10000000),
        "mount": lambda: syscall("mount", b"none", b"/", b"tmpfs", 0, None),
        "hold root's powers": _hold_powers,
        "raise a limit": _raise_limit,
        "take memory without end": lambda: mmap.mmap(-1, beyond, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS),
        "take shared memory without end": lambda: mmap.mmap(-1, beyond, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS),
        "take memory outside the limit": lambda: syscall("memfd_create", b"x", 0),
        "share memory": lambda: syscall("shmget", 0, 4096, 0o1600),
        "open files without end": lambda: _open_many(request.limits.open_files + 8),
        "start threads without end": lambda: _start_many(request.limits.processes + 8),
    }
    for act in EXPECTED[request.profile]:
        del acts[act]
    send_frame(sock, messages.encode({name: _try(act) for name, act in acts.items()}))


def _try(act: Callable[[], object]) -> str:
    try:
        act()
    except (OSError, MemoryError, RuntimeError, ValueError) as error:
        return DENIED if _is_refusal(error) else f"failed otherwise: {type(error).__name__}: {error}"
    return "allowed"


def _is_refusal(error: BaseException) -> bool:
    if not isinstance(error, OSError):
        return True
    return error.errno in _REFUSALS


def _first_success(acts: list[Callable[[], object]]) -> None:
    refusal: OSError | None = None
    for act in acts:
        try:
            act()
        except OSError as error:
            refusal = error
        else:
            return
    if refusal is not None:
        raise refusal


def _read(*paths: str) -> None:
    _first_success([lambda path=path: os.read(os.open(path, os.O_RDONLY), 1) for path in paths])  # type: ignore[misc]  # the default binds the loop's value


def _read_all(paths: tuple[str, ...]) -> None:
    if not paths:
        raise PermissionError(errno.EPERM, "there is nothing to read")
    _read(*paths)


def _write(*directories: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT
    names = [os.path.join(directory, "grader-canary") for directory in directories]
    _first_success([lambda name=name: os.close(os.open(name, flags, 0o600)) for name in names])  # type: ignore[misc]  # as above


def _change(file: str) -> None:
    _first_success(
        [
            lambda: os.chmod(file, 0o600),
            lambda: os.utime(file, (1, 1)),
            lambda: os.truncate(file, 0),
            lambda: os.open(file, os.O_RDONLY | os.O_TRUNC),
            lambda: os.rename(file, file + "2"),
            lambda: os.unlink(file),
        ]
    )


def _connect(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _execute() -> None:
    try:
        child = os.fork()
    except OSError:
        os.execv("/bin/true", ["true"])  # a success ends the canary, and its silence is an answer too
    if child == 0:
        try:
            os.execv("/bin/true", ["true"])
        finally:
            os._exit(1)
    if os.waitpid(child, 0)[1] != 0:
        raise PermissionError(errno.EPERM, "the program did not run")


def _zygote() -> int:
    parent = os.getppid()
    if parent == 0:  # the first process of a namespace does not see its parent
        raise ProcessLookupError(errno.ESRCH, "the zygote is in another process namespace")
    return parent


def _signal_outside() -> None:
    # Signal 0 asks only whether a signal could be sent. For "all processes" (-1) Linux says yes even where it may be
    # sent to none of them, so those that started shortly before and after this one are asked one by one.
    own = os.getpid()
    others = [pid for pid in (1, *range(max(own - _NEAR, 2), own + _NEAR)) if pid != own]
    _first_success([lambda: os.kill(_zygote(), 0), *(lambda pid=pid: os.kill(pid, 0) for pid in others)])


def _hold_powers() -> None:
    if not identity.capabilities():
        syscall("setuid", 0 if os.geteuid() else 1)


def _raise_limit() -> None:
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    changed = soft if soft == resource.RLIM_INFINITY else soft - 4096
    resource.setrlimit(resource.RLIMIT_AS, (changed, changed))


def _open_many(count: int) -> None:
    opened: list[int] = []
    try:
        for _ in range(count):
            opened.append(os.open("/dev/null", os.O_RDONLY))  # noqa: PERF401 - what was opened before the refusal is closed
    finally:
        for descriptor in opened:
            os.close(descriptor)


def _start_many(count: int) -> None:
    end = threading.Event()
    threading.stack_size(64 << 10)
    started: list[threading.Thread] = []
    try:
        for _ in range(count):
            thread = threading.Thread(target=end.wait)
            thread.start()
            started.append(thread)
    finally:
        end.set()
        for thread in started:
            thread.join()
