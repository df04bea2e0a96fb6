"""The judge's end of the zygote's control socket."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from typing import TypeVar

from grader.engine.sandbox import launch, messages
from grader.engine.sandbox.jails import Jail
from grader.records.errors import AuthorError, SandboxError

_START_SECONDS = 300.0
_ANSWER_SECONDS = 300.0

_ReplyT = TypeVar("_ReplyT", bound=messages.Reply)


class Forking:
    """A zygote process that forks runners; the backend on Linux."""

    def __init__(self, start: messages.Start) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._jail = Jail()
        self._lock = threading.Lock()
        self._ready = False
        self._ticket = messages.NO_TICKET
        self._failure: Exception | None = None
        self._gone = False
        with theirs:
            descriptor = theirs.fileno()
            self._process = launch.popen(
                "grader.engine.sandbox.inside.main", str(descriptor), self._errors, (descriptor,)
            )
        self._control.send(messages.encode(messages.replace(start, jail=self._jail.root)))

    def fork(self, request: messages.Fork) -> tuple[socket.socket, messages.Forked]:
        """Have a runner forked; return our end of its socket. Raises `SandboxError` and `AuthorError`."""
        ours, theirs = socket.socketpair()
        try:
            return ours, self._ask(request, messages.Forked, theirs)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()

    def kill(self, forked: messages.Forked, *, grace: bool) -> messages.Killed:
        """Have a runner ended, and remove what it left on the host. Raises `SandboxError`."""
        killed = self._ask(messages.Kill(forked.number, grace), messages.Killed)
        if forked.scratch:
            shutil.rmtree(forked.scratch, ignore_errors=True)
        return killed

    def preload(self, path: str) -> None:
        """Have a file of examples read. Raises `SandboxError`."""
        self._ask(messages.Preload(path), messages.Loaded)

    def close(self) -> None:
        """End the zygote, and with it every runner."""
        with self._lock:
            self._failure = SandboxError("the sandbox was closed: it can do nothing more")
            self._gone = False
            self._control.close()
        if not self._ready:
            with contextlib.suppress(OSError):  # it may have ended by itself
                os.killpg(self._process.pid, signal.SIGKILL)  # busy importing: it would not notice for seconds
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()
        self._jail.remove()

    @property
    def is_gone(self) -> bool:
        """Whether the zygote died or fell silent, and was not closed by us; not when it ended itself at its start."""
        return self._gone and (self._ready or (self._process.poll() or 0) < 0)

    def _ask(self, request: messages.Request, wanted: type[_ReplyT], attached: socket.socket | None = None) -> _ReplyT:
        with self._lock:
            if self._failure is not None:
                raise self._failure
            if not self._ready:
                self._await_ready()
            try:
                self._ticket += 1
                self._control.settimeout(_ANSWER_SECONDS)
                descriptors = [] if attached is None else [attached.fileno()]
                socket.send_fds(self._control, [messages.pack(self._ticket, request)], descriptors)
            except OSError as error:
                raise self._fail(f"the sandbox's zygote is gone ({error})") from error
            return self._receive(wanted, self._ticket, _ANSWER_SECONDS)

    def _await_ready(self) -> None:
        try:
            self._receive(messages.Ready, messages.NO_TICKET, _START_SECONDS)
        except AuthorError as error:
            self._failure = error
            raise
        self._ready = True

    def _receive(self, wanted: type[_ReplyT], ticket: int, seconds: float) -> _ReplyT:
        body = self._body(ticket, seconds)
        reply = messages.decode_reply(body)
        if isinstance(reply, messages.Problem):
            raise messages.as_error(reply)
        if not isinstance(reply, wanted):
            raise self._fail(f"the sandbox's zygote answered with {type(reply).__name__}, not {wanted.__name__}")
        return reply

    def _body(self, ticket: int, seconds: float) -> bytes:
        """Return the answer to a request; answers to earlier ones, given up by an interrupt, are passed over."""
        self._control.settimeout(seconds)
        try:
            while packet := self._control.recv(messages.MAX_PACKET):
                number, body = messages.unpack(packet)
                if number == ticket:
                    return body
        except TimeoutError as error:
            raise self._fail(f"the sandbox's zygote did not answer within {seconds:.0f} s") from error
        except OSError as error:
            raise self._fail(f"the sandbox's zygote is gone ({error})") from error
        raise self._fail("the sandbox's zygote ended")

    def _fail(self, what: str) -> SandboxError:
        self._gone = True
        error = launch.death(self._process, self._errors, what)
        self._failure = error
        return error
