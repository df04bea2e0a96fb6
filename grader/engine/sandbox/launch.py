"""Starts the processes behind a sandbox: a fresh interpreter, a clean environment, no descriptors but its own."""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

import grader
from grader.engine.sandbox.exits import signal_name
from grader.records.errors import SandboxError

PACKAGE_ROOT = Path(grader.__file__).resolve().parent.parent

_PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR")


def environment(*, gpu: bool = False) -> dict[str, str]:
    """Return the environment of a zygote: nothing of ours but what the loader of shared libraries needs.

    `gpu` lets it see the GPUs that we see.
    """
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": "/nonexistent",
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        # Each arena would take 64 MiB of a runner's address space for every thread it starts.
        "MALLOC_ARENA_MAX": "2",
        # The heap in huge pages: a fork copies the table of its pages. Other C libraries than glibc pass this over.
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
        # Importing torch's compiler would leave a directory behind.
        "TORCHINDUCTOR_CACHE_DIR": tempfile.gettempdir(),
        # A zygote that has touched CUDA cannot be forked.
        "CUDA_VISIBLE_DEVICES": os.environ.get("CUDA_VISIBLE_DEVICES", "0") if gpu else "",
    }


def command(module: str, argument: str) -> list[str]:
    """Return a command that runs `main(argument)` of one of this package's modules."""
    imports = f"sys.path.insert(0, {str(PACKAGE_ROOT)!r}); from {module} import main; del sys.path[0]"
    code = f"import sys; {imports}; main({argument})"
    return [sys.executable, "-s", "-P", "-B", "-X", "utf8", "-c", code]


def popen(
    module: str,
    argument: str,
    errors: IO[bytes],
    pass_fds: tuple[int, ...] = (),
    stdin: int = subprocess.DEVNULL,
    *,
    gpu: bool = False,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, so that Ctrl-C does not reach it; its stderr goes to `errors`."""
    return subprocess.Popen(
        command(module, argument),
        stdin=stdin,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        env=environment(gpu=gpu),
        pass_fds=pass_fds,
        start_new_session=True,
        cwd=os.sep,
    )


def popen_with_socket(
    module: str, sock: socket.socket, errors: IO[bytes], *, gpu: bool = False
) -> subprocess.Popen[bytes]:
    """Start a process that inherits a socket."""
    if sys.platform == "win32":
        process = popen(module, "-1", errors, stdin=subprocess.PIPE, gpu=gpu)
        if process.stdin is not None:
            process.stdin.write(base64.b64encode(sock.share(process.pid)) + b"\n")
            process.stdin.close()
        return process
    return popen(module, str(sock.fileno()), errors, (sock.fileno(),), gpu=gpu)


def death(process: subprocess.Popen[bytes], errors: IO[bytes], what: str) -> SandboxError:
    """Return the error for a process of ours that failed, with its exit code and the last that it wrote."""
    try:
        code = process.wait(1.0)
        what += f"; it exited with code {code}" if code >= 0 else f"; it was killed by {signal_name(-code)}"
    except subprocess.TimeoutExpired:
        what += "; its process still runs"
    text = tail(errors)
    return SandboxError(what, hint=f"The last it wrote:\n{text}\n{_NEXT}" if text else _NEXT)


_NEXT = (
    "If something ended it from outside (somebody killed it, the machine ran out of memory), run the same command "
    "again; `grader doctor --sandbox` tells of this host."
)


def tail(errors: IO[bytes], size: int = 3000) -> str:
    """Return the end of what a process wrote to `errors`."""
    errors.seek(0, os.SEEK_END)
    errors.seek(max(errors.tell() - size, 0))
    return errors.read().decode("utf-8", "replace").strip()
