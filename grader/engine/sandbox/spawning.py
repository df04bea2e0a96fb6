"""The fallback where runners cannot be forked and locked down: a fresh interpreter for each, level `weak`."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from typing import IO

import msgspec

from grader.engine import wire
from grader.engine.sandbox import launch, messages
from grader.records.errors import SandboxError

_START_SECONDS = 300.0
_GRACE_SECONDS = 0.5


class _Spawned(msgspec.Struct):
    """An interpreter that warms up, or serves."""

    sock: socket.socket
    process: subprocess.Popen[bytes]
    errors: IO[bytes]


class Spawning:
    """Starts an interpreter for each runner, one of them ahead of need; the backend on macOS and Windows."""

    def __init__(self, start: messages.Start) -> None:
        self._start = start
        self._preloads: list[str] = []
        self._folder = tempfile.TemporaryDirectory(prefix="grader-inputs-")
        self._lock = threading.Lock()
        self._count = 0
        self._serving: dict[int, _Spawned] = {}
        self._spare = self._spawn()

    @property
    def is_gone(self) -> bool:
        """Nothing is shared by runners here that could die."""
        return False

    def fork(self, request: messages.Fork) -> tuple[socket.socket, messages.Forked]:
        """Put the spare interpreter to work and start another. Raises `SandboxError` and `AuthorError`."""
        with self._lock:
            spawned, self._spare = self._spare, self._spawn()
            self._count += 1
            number = self._count
            self._serving[number] = spawned
        scratch = tempfile.mkdtemp(prefix="grader-scratch-")
        order = messages.Serve(request.profile, request.limits, tuple(self._preloads), scratch)
        deadline = time.monotonic() + _START_SECONDS
        try:
            wire.send_frame(spawned.sock, messages.encode(order), deadline)
            reply = messages.decode_reply(wire.receive_frame(spawned.sock, deadline))
        except (wire.WireClosed, wire.WireTimeout, wire.WireProblem, msgspec.DecodeError) as error:
            raise launch.death(
                spawned.process, spawned.errors, f"the runner's process did not start ({error})"
            ) from error
        if isinstance(reply, messages.Problem):
            raise messages.as_error(reply)
        if not isinstance(reply, messages.Ready):
            raise SandboxError(f"the runner's process answered with {type(reply).__name__}")
        spawned.sock.settimeout(None)
        return spawned.sock, messages.Forked(number, spawned.process.pid, reply.layers, scratch)

    def kill(self, forked: messages.Forked, *, grace: bool) -> messages.Killed:
        """End a runner and what it started, as far as the system lets us find it."""
        with self._lock:
            spawned = self._serving.pop(forked.number)
        if grace:
            _wait(spawned.process, _GRACE_SECONDS)
        ours = spawned.process.poll() is None
        code = _end(spawned)
        shutil.rmtree(forked.scratch or "", ignore_errors=True)
        return messages.Killed(-code if code < 0 else (code & 0xFF) << 8, ours, 0, 0.0)

    def preload(self, path: str) -> None:
        """Keep a copy of a file of examples for the runners to come: the file itself is soon gone."""
        copy = os.path.join(self._folder.name, f"{len(self._preloads)}.bin")
        shutil.copyfile(path, copy)
        self._preloads.append(copy)

    def close(self) -> None:
        """End every runner."""
        with self._lock:
            for spawned in (*self._serving.values(), self._spare):
                spawned.sock.close()
                _end(spawned)
        self._folder.cleanup()

    def _spawn(self) -> _Spawned:
        ours, theirs = socket.socketpair()
        errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the runner is ended
        with theirs:
            process = launch.popen_with_socket(
                "grader.engine.sandbox.inside.spawned", theirs, errors, gpu=self._start.gpu
            )
        wire.send_frame(ours, messages.encode(self._start))
        return _Spawned(ours, process, errors)


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _end(spawned: _Spawned) -> int:
    if sys.platform != "win32":
        try:
            os.killpg(spawned.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):  # it is gone, or (macOS) only its remains are left
            spawned.process.kill()
    else:
        spawned.process.kill()
    code = spawned.process.wait()
    spawned.errors.close()
    return code
