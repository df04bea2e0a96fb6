"""The judge's side: start a warm zygote, fork locked-down runners from it, end them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self, TypeVar

import msgspec

from grader import wire
from grader.errors import AuthorError, SandboxError
from grader.sandbox import launch, messages
from grader.sandbox.exits import Exit, describe
from grader.sandbox.limits import Limits, Profile
from grader.sandbox.report import SandboxReport, judge_level

_START_SECONDS = 300.0
_ANSWER_SECONDS = 60.0
_CANARY_SECONDS = 30.0

_DEFAULT_LIMITS = Limits()
_ReplyT = TypeVar("_ReplyT", bound=messages.Reply)


class RunnerProcess:
    """A locked-down process that answers requests on `sock`; hostile from the moment a submission is loaded."""

    def __init__(self, zygote: Zygote, sock: socket.socket, forked: messages.Forked, limits: Limits) -> None:
        self.sock = sock
        self.pid = forked.pid
        """As the zygote sees it."""
        self.layers = forked.layers
        self._zygote = zygote
        self._forked = forked
        self._limits = limits
        self._exit: Exit | None = None

    def kill(self) -> Exit:
        """End the process and all that it started, and say how it ended: by itself before, or now by us.

        Raises `SandboxError` when the zygote is gone.
        """
        if self._exit is None:
            hung_up = _hung_up(self.sock)
            try:
                killed = self._zygote._ask(messages.Kill(self._forked.number, grace=hung_up), messages.Killed)
            finally:
                self.sock.close()
            if self._forked.scratch:
                shutil.rmtree(self._forked.scratch, ignore_errors=True)
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

    Safe to use from several threads. Use as a context manager, or call `close`.
    """

    def __init__(self, control: socket.socket, process: subprocess.Popen[bytes], errors: IO[bytes], jail: str) -> None:
        self._control = control
        self._process = process
        self._errors = errors
        self._jail = jail
        self._lock = threading.Lock()
        self._ready: messages.Ready | None = None
        self._failure: Exception | None = None
        self._report: SandboxReport | None = None
        self._forbidden: tuple[str, ...] = ()

    @classmethod
    def start(
        cls,
        checks: Sequence[tuple[str, Path]],
        *,
        warm: Literal["light", "full"] = "full",
        engine: str = "grader.runner",
        search: Sequence[Path] = (),
        without: Sequence[str] = (),
    ) -> Zygote:
        """Start a zygote that loads the probes of (assignment, path of checks.py or hidden.py) pairs; return at once.

        `warm="light"` starts sooner, for functions only. `engine` is the package with `prepare.prepare` and
        `serve.serve`, found from `search`. `without` names layers to leave out, as in `SandboxReport.layers`.
        What goes wrong is raised by the first use.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        jail = tempfile.mkdtemp(prefix="grader-jail-")
        process = launch.popen("grader.sandbox.inside.main", str(theirs.fileno()), errors, (theirs.fileno(),))
        theirs.close()
        pairs = tuple((assignment, os.path.abspath(path)) for assignment, path in checks)
        start = messages.Start(
            pairs, warm, engine, tuple(os.path.abspath(path) for path in search), os.path.realpath(jail), tuple(without)
        )
        zygote = cls(ours, process, errors, jail)
        zygote._forbidden = (*(path for _, path in pairs), str(launch.PACKAGE_ROOT))
        ours.send(messages.encode(start))
        return zygote

    def preload(self, inputs: Path) -> None:
        """Let the zygote read a file of encoded examples, so that the runners forked from now on hold them.

        Raises `SandboxError`.
        """
        self._ask(messages.Preload(os.path.abspath(inputs)), messages.Loaded)

    def fork(self, profile: Profile = "plain", limits: Limits = _DEFAULT_LIMITS) -> RunnerProcess:
        """Fork a runner, and return it once it is locked down.

        Raises `SandboxError` when the zygote is gone or a layer failed that earlier runners had, and `AuthorError` when
        a checks file cannot be loaded.
        """
        return self._fork(messages.Fork(profile, limits))

    def report(self) -> SandboxReport:
        """Return the level of this host, measured once by a runner that tries the forbidden acts.

        Raises as `fork` does.
        """
        if self._report is None:
            limits = Limits()
            runner = self._fork(messages.Fork("plain", limits, "canary", self._forbidden))
            try:
                acts = messages.decode_states(wire.receive_frame(runner.sock, _deadline_in(_CANARY_SECONDS)))
            except (wire.WireClosed, wire.WireTimeout, wire.WireProblem, msgspec.DecodeError) as error:
                acts = {"everything": f"the canary did not answer: {error}"}
            finally:
                runner.kill()
            layers = runner.layers | {f"canary: {act}": result for act, result in acts.items()}
            self._report = SandboxReport(judge_level(runner.layers, acts), layers)
        return self._report

    def close(self) -> None:
        """End the zygote and every runner."""
        self._control.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()
        shutil.rmtree(self._jail, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _fork(self, request: messages.Fork) -> RunnerProcess:
        ours, theirs = socket.socketpair()
        try:
            forked = self._ask(request, messages.Forked, theirs)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        return RunnerProcess(self, ours, forked, request.limits)

    def _ask(self, request: messages.Request, wanted: type[_ReplyT], attached: socket.socket | None = None) -> _ReplyT:
        with self._lock:
            self._await_ready()
            try:
                if attached is None:
                    self._control.send(messages.encode(request))
                else:
                    socket.send_fds(self._control, [messages.encode(request)], [attached.fileno()])
            except OSError as error:
                raise self._fail(f"the sandbox's zygote is gone ({error})") from error
            return self._receive(wanted, _ANSWER_SECONDS)

    def _await_ready(self) -> None:
        if self._failure is not None:
            raise self._failure
        if self._ready is None:
            try:
                self._ready = self._receive(messages.Ready, _START_SECONDS)
            except AuthorError as error:
                self._failure = error
                raise

    def _receive(self, wanted: type[_ReplyT], seconds: float) -> _ReplyT:
        self._control.settimeout(seconds)
        try:
            packet = self._control.recv(messages.MAX_PACKET)
        except TimeoutError as error:
            raise self._fail(f"the sandbox's zygote did not answer within {seconds:.0f} s") from error
        except OSError as error:
            raise self._fail(f"the sandbox's zygote is gone ({error})") from error
        if not packet:
            raise self._fail("the sandbox's zygote ended")
        reply = messages.decode_reply(packet)
        if isinstance(reply, messages.Problem):
            if reply.whose == "author":
                raise AuthorError(reply.message, hint=reply.hint)
            raise SandboxError(f"the sandbox could not do that: {reply.message}")
        if not isinstance(reply, wanted):
            raise self._fail(f"the sandbox's zygote answered with {type(reply).__name__}, not {wanted.__name__}")
        return reply

    def _fail(self, what: str) -> SandboxError:
        try:
            self._process.wait(1.0)
            what += f"; it exited with code {self._process.returncode}"
        except subprocess.TimeoutExpired:
            what += "; its process still runs"
        text = launch.tail(self._errors)
        hint = f"The last it wrote:\n{text}" if text else "It wrote nothing to its standard error."
        self._failure = SandboxError(what, hint=hint)
        return self._failure


def _deadline_in(seconds: float) -> float:
    """Return the absolute deadline that many seconds from now, on the wire's clock."""
    return time.monotonic() + seconds


def _hung_up(sock: socket.socket) -> bool:
    """Whether the other end is closed: then its process is ending by itself, and a moment's grace tells how."""
    try:
        sock.settimeout(0.0)
        return sock.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
