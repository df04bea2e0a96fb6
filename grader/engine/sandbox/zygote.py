"""The judge's side: start a warm zygote, fork locked-down runners from it, end them."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import msgspec

from grader.engine import wire
from grader.engine.sandbox import messages
from grader.engine.sandbox.exits import Exit, describe
from grader.engine.sandbox.forking import Forking
from grader.engine.sandbox.limits import Limits, Profile
from grader.engine.sandbox.report import NO_ANSWER, SandboxReport, make_report
from grader.engine.sandbox.spawning import Spawning
from grader.records.errors import SandboxError

_CANARY_SECONDS = 30.0
_CANARIES = 3
"""Canaries that are asked at most: one that is killed from outside says nothing of the host."""
_MOST_STARTS, _WHILE = 3, 300.0
"""How often a zygote that died is started again within so many seconds; more often is a fault to be told."""
_DEFAULT_LIMITS = Limits()
_DRIVER_BYTES = 600 << 20
"""Of a GPU's memory, what the driver and torch's kernels take in each process beside its tensors."""


class _Backend(Protocol):
    def fork(self, request: messages.Fork) -> tuple[socket.socket, messages.Forked]: ...

    def kill(self, forked: messages.Forked, *, grace: bool) -> messages.Killed: ...

    def preload(self, path: str) -> None: ...

    def close(self) -> None: ...

    @property
    def is_gone(self) -> bool: ...


class RunnerProcess:
    """A locked-down process that answers requests on `sock`; hostile from the moment a submission is loaded."""

    def __init__(self, backend: _Backend, sock: socket.socket, forked: messages.Forked, limits: Limits) -> None:
        self.sock = sock
        self.pid = forked.pid
        """As the zygote sees it: in a process namespace of its own, not the judge's number."""
        self.layers = forked.layers
        self._backend = backend
        self._forked = forked
        self._limits = limits
        self._lock = threading.Lock()
        self._exit: Exit | None = None

    def kill(self) -> Exit:
        """End the process and all that it started, and say how it ended: by itself before, or now by us.

        Raises `SandboxError` when the zygote is gone.
        """
        with self._lock:
            if self._exit is None:
                try:
                    killed = self._backend.kill(self._forked, grace=_hung_up(self.sock))
                finally:
                    self.sock.close()
                self._exit = describe(
                    killed.status,
                    ours=killed.ours,
                    grown_bytes=killed.grown_bytes,
                    cpu_seconds=killed.cpu_seconds,
                    limits=self._limits,
                )
            return self._exit


class Zygote:
    """A warm process that holds no secret, from which runners are forked in about ten milliseconds.

    Safe to use from several threads. Use as a context manager, or call `close`. Where a system cannot fork
    and lock down, each runner is a fresh interpreter instead, and the level is `weak`. A zygote that died is started
    again by the next `fork`; the runners that it had are gone.
    """

    def __init__(self, make: Callable[[], _Backend], forbidden: tuple[str, ...]) -> None:
        self._make = make
        self._backend = make()
        self._forbidden = forbidden
        self._preloads: list[bytes] = []
        self._starting = threading.Lock()
        self._starts: list[float] = []
        self._closed = False
        self._reporting = threading.Lock()
        self._reports: dict[Profile, SandboxReport] = {}

    @classmethod
    def start(
        cls,
        checks: Sequence[tuple[str, Path]],
        *,
        warm: messages.WarmupLevel = "full",
        engine: str = "grader.engine.runner",
        search: Sequence[Path] = (),
        without: Sequence[str] = (),
        gpu: bool = False,
    ) -> Zygote:
        """Start a zygote that loads the probes of (assignment, path of checks.py or hidden.py) pairs; return at once.

        `warm="minimal"` starts sooner, for functions only. `engine` is the package with `prepare.prepare` and
        `serve.serve`, found from `search`. `without` names layers to leave out, as in `SandboxReport.layers`
        (`zygote`: fork nothing). With `gpu` runners see the GPUs; they are not forked, since a process that was cannot
        use CUDA once its parent has, and locked down as far as CUDA allows. What goes wrong is raised by the first use.
        """
        pairs = tuple((assignment, os.path.abspath(path)) for assignment, path in checks)
        start = messages.Start(
            pairs, warm, engine, tuple(os.path.abspath(path) for path in search), "", tuple(without), gpu
        )
        forbidden = tuple(path for _, path in pairs)
        lock = sys.platform == "linux" and "zygote" not in without
        return cls(lambda: Forking(start) if lock and not gpu else Spawning(start, lock=lock and gpu), forbidden)

    def preload(self, inputs: Path) -> None:
        """Let the zygote read a file of encoded examples, so that the runners forked from now on hold them.

        Raises `SandboxError`.
        """
        self._backend.preload(os.path.abspath(inputs))
        self._preloads.append(inputs.read_bytes())

    def fork(self, profile: Profile = "plain", limits: Limits = _DEFAULT_LIMITS) -> RunnerProcess:
        """Fork a runner, and return it once it is locked down.

        Raises `SandboxError` when the zygote is gone or a layer failed that earlier runners had, and `AuthorError` when
        a checks file cannot be loaded.
        """
        return self._fork(messages.Fork(profile, limits))

    def report(self, profile: Profile = "plain") -> SandboxReport:
        """Return the level of this host, measured once a profile by a runner that tries the forbidden acts.

        Without namespaces or an own user, `workers` can be weaker than the others. Raises as `fork` does.
        """
        with self._reporting:
            if profile not in self._reports:
                self._reports[profile] = self._measure(profile)
            return self._reports[profile]

    def gpu_runners(self, limits: Limits) -> int | None:
        """Return how many runners at a time a GPU's memory has room for; None where none is used.

        Measured when the first runner had started CUDA. Raises as `fork` does.
        """
        if not isinstance(self._backend, Spawning) or not self._backend.locks:
            return None
        self.report()
        return self._backend.gpu_bytes // (limits.gpu_bytes + _DRIVER_BYTES)

    def close(self) -> None:
        """End the zygote and every runner."""
        with self._starting:
            self._closed = True
            self._backend.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _fork(self, request: messages.Fork) -> RunnerProcess:
        backend = self._backend
        try:
            sock, forked = backend.fork(request)
        except SandboxError as error:
            backend = self._started_again(backend, error)
            sock, forked = backend.fork(request)
        return RunnerProcess(backend, sock, forked, request.limits)

    def _started_again(self, dead: _Backend, error: SandboxError) -> _Backend:
        """Return a new backend in place of one that died; raise its error where that was too often, or on purpose."""
        with self._starting:
            now = time.monotonic()
            self._starts = [moment for moment in self._starts if now - moment < _WHILE]
            if self._closed or not dead.is_gone:
                raise error
            if self._backend is not dead:
                return self._backend
            if len(self._starts) >= _MOST_STARTS:
                raise error
            self._starts.append(now)
            dead.close()
            self._backend = self._make()
            with tempfile.TemporaryDirectory(prefix="grader-inputs-") as scratch:
                for preloaded in self._preloads:
                    inputs = Path(scratch, "inputs.bin")
                    inputs.write_bytes(preloaded)
                    self._backend.preload(str(inputs))
            return self._backend

    def _measure(self, profile: Profile) -> SandboxReport:
        for _ in range(_CANARIES - 1):
            with contextlib.suppress(SandboxError):
                report = self._asked(profile)
                if NO_ANSWER not in report.acts:
                    return report
        return self._asked(profile)

    def _asked(self, profile: Profile) -> SandboxReport:
        with bait() as directory:
            runner = self._fork(messages.Fork(profile, Limits(), "canary", self._forbidden, directory))
            try:
                if isinstance(self._backend, Spawning) and not self._backend.locks:
                    return make_report(runner.layers, {})
                deadline = time.monotonic() + _CANARY_SECONDS
                acts = messages.decode_states(wire.receive_frame(runner.sock, deadline))
            except (wire.WireClosed, wire.WireTimeout, wire.WireProblem, msgspec.DecodeError) as error:
                acts = {NO_ANSWER: f"the canary did not answer: {error}"}
            finally:
                runner.kill()
        return make_report(runner.layers, acts)


@contextlib.contextmanager
def bait() -> Iterator[str]:
    """Make a directory with a `file` and, where the system has them, a listening `socket`, both of this user."""
    with tempfile.TemporaryDirectory(prefix="grader-canary-") as directory, contextlib.ExitStack() as stack:
        Path(directory, "file").write_text("not a runner's")
        if sys.platform != "win32":
            listener = stack.enter_context(socket.socket(socket.AF_UNIX))
            listener.bind(os.path.join(directory, "socket"))
            listener.listen()
        yield directory


def _hung_up(sock: socket.socket) -> bool:
    """Whether the other end is closed: then its process is ending by itself, and a moment's grace tells how."""
    try:
        sock.settimeout(0.0)
        return sock.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
