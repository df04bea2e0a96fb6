"""What a process inherits: descriptors, environment, session, signals; and who may look into it."""

from __future__ import annotations

import fcntl
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from grader.engine.sandbox.layers.kernel import PR_SET_DUMPABLE, PR_SET_PDEATHSIG, SIGKILL, prctl


def keep_one_descriptor(sock: socket.socket, extra: int) -> tuple[socket.socket, int]:
    """Close every descriptor but `sock` (which becomes 3) and `extra` (4); 0, 1 and 2 become the null device."""
    kept = fcntl.fcntl(extra, fcntl.F_DUPFD_CLOEXEC, 5)
    moved = fcntl.fcntl(sock.fileno(), fcntl.F_DUPFD_CLOEXEC, 5)
    sock.detach()
    os.dup2(moved, 3, inheritable=False)
    os.dup2(kept, 4, inheritable=False)
    close_standard_streams()
    os.closerange(5, 1 << 20)
    return socket.socket(fileno=3), 4


_OF_CUDA = ("CUDA_VISIBLE_DEVICES", "CUBLAS_WORKSPACE_CONFIG", "CUDA_LAUNCH_BLOCKING")


def clean_environment(scratch: str, *, gpu: bool = False) -> None:
    """Replace the environment by one that says nothing of the host; `gpu` keeps what CUDA was started with."""
    kept = {name: os.environ[name] for name in _OF_CUDA if gpu and name in os.environ}
    os.environ.clear()
    os.environ.update(
        {
            "PATH": "/usr/bin:/bin",
            "HOME": scratch,
            "TMPDIR": scratch,
            "LANG": "C.UTF-8",
            "OMP_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "CUDA_VISIBLE_DEVICES": "",
            # Importing torch's compiler makes this directory; one that is there already is left alone.
            "TORCHINDUCTOR_CACHE_DIR": scratch,
            **kept,
        }
    )


def close_standard_streams() -> None:
    """Have the descriptors 0, 1 and 2 lead nowhere."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)


def end_like(status: int) -> NoReturn:
    """End this process as another ended, by its wait(2) status."""
    if os.WIFSIGNALED(status):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if os.WTERMSIG(status) != SIGKILL:
            signal.signal(os.WTERMSIG(status), signal.SIG_DFL)
        os.kill(os.getpid(), os.WTERMSIG(status))
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def forget_temporary_directory(scratch: str) -> None:
    """Make `tempfile` and `multiprocessing` use `scratch`: both remember a directory of the zygote's and hang on it."""
    import multiprocessing.process
    import tempfile

    tempfile.tempdir = scratch
    getattr(multiprocessing.process.current_process(), "_config", {}).pop("tempdir", None)


def default_signals() -> None:
    """Undo the zygote's signal handling."""
    for number in (signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def keep_import_path(allowed: tuple[str, ...]) -> None:
    """Drop directories from `sys.path` that a runner cannot read, the course among them."""
    sys.path[:] = [entry for entry in sys.path if entry in allowed]
    for entry in list(sys.path_importer_cache):
        if not entry.startswith(allowed):
            del sys.path_importer_cache[entry]


def hide() -> None:
    """Let no process of the same user read or trace this one."""
    prctl(PR_SET_DUMPABLE, 0)


def show() -> None:
    """Undo `hide`, so that this process may write its own files under /proc."""
    prctl(PR_SET_DUMPABLE, 1)


def volunteer() -> None:
    """Ask the kernel to end this process before all others when the host's memory runs out."""
    Path("/proc/self/oom_score_adj").write_text("1000")


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends."""
    prctl(PR_SET_PDEATHSIG, SIGKILL)
