"""A fresh interpreter for each runner: where none can be forked, at level `weak`, and for those that use a GPU."""

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
from grader.engine.sandbox.gpus import has_cuda
from grader.engine.sandbox.jails import Jail
from grader.records.errors import SandboxError

_START_SECONDS = 300.0
_GRACE_SECONDS = 0.5
_NAMESPACES = ("user namespace", "namespaces")


class _Spawned(msgspec.Struct):
    """An interpreter that warms up, or serves."""

    sock: socket.socket
    process: subprocess.Popen[bytes]
    errors: IO[bytes]


class Spawning:
    """Starts an interpreter for each runner, one of them ahead of need; the backend on macOS and Windows.

    With `lock` each locks itself down, as far as CUDA allows: on Linux, for runners that use a GPU.
    """

    def __init__(self, start: messages.Start, *, lock: bool = False) -> None:
        self._jail = Jail() if lock else None  # one for all: each mounts its own there, where no other sees it
        self._start = messages.replace(start, jail=self._jail.root if self._jail is not None else "")
        self._without: dict[str, str] = {}
        """Layers that CUDA does not start with, and why."""
        self.gpu_bytes = 0
        """Of a GPU's memory, those that were free when the first runner had started CUDA."""
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

    @property
    def locks(self) -> bool:
        """Whether runners lock themselves down, so that a canary has something to measure."""
        return self._jail is not None

    def fork(self, request: messages.Fork) -> tuple[socket.socket, messages.Forked]:
        """Put the spare interpreter to work and start another. Raises `SandboxError` and `AuthorError`."""
        sock, forked = self._put_to_work(request)
        if not self._hinders(forked.layers):
            return sock, messages.replace(forked, layers=forked.layers | self._without)
        sock.close()
        self.kill(forked, grace=False)
        return self._with_less(request, forked.layers["gpu"])

    def _hinders(self, layers: dict[str, str]) -> bool:
        """Whether it may be a layer that keeps CUDA from starting: there is a GPU, and it was not tried without yet."""
        started = layers.get("gpu", "ok").startswith("ok")
        return self.locks and not started and not self._without and has_cuda()

    def _with_less(self, request: messages.Fork, why: str) -> tuple[socket.socket, messages.Forked]:
        """Go on without namespaces, and say so, where CUDA starts without them; go back where it does not."""
        before = self._start
        self._without = dict.fromkeys(_NAMESPACES, "refused: CUDA does not start in namespaces")
        self._begin_with(messages.replace(before, without=(*before.without, *_NAMESPACES)))
        sock, forked = self._put_to_work(request)
        if not forked.layers["gpu"].startswith("ok"):
            sock.close()
            self.kill(forked, grace=False)
            self._without = {"gpu": why}
            self._begin_with(before)
            sock, forked = self._put_to_work(request)
        return sock, messages.replace(forked, layers=forked.layers | self._without)

    def _begin_with(self, start: messages.Start) -> None:
        with self._lock:
            self._start = start
            self._spare.sock.close()
            _end(self._spare)
            self._spare = self._spawn()

    def _put_to_work(self, request: messages.Fork) -> tuple[socket.socket, messages.Forked]:
        with self._lock:
            spawned, self._spare = self._spare, self._spawn()
            self._count += 1
            number = self._count
            self._serving[number] = spawned
        scratch = tempfile.mkdtemp(prefix="grader-scratch-")
        order = messages.Serve(request, tuple(self._preloads), scratch)
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
        self.gpu_bytes = self.gpu_bytes or reply.gpu_bytes
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
        if self._jail is not None:
            self._jail.remove()

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
