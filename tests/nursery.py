"""A process that has torch warm and forks zygotes, so that not each of a hundred tests waits for torch to be imported.

A zygote that is born here goes through the same `main` in the same environment as one that is started by itself; only
its imports are done. The tests of the sandbox, of attacks and of kills start zygotes as users do.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import time
from typing import IO

from grader.engine.sandbox import launch

MODULE = "grader.engine.sandbox.inside.main"
_AS_USERS_DO = ("tests/engine/sandbox/", "tests/judging/test_kills.py", "tests/test_attacks.py")


class Nursery:
    """Starts zygotes by forking; use `popen` in place of `launch.popen`. A context manager that ends the process."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = launch.command("tests.nursery", str(theirs.fileno()))
            self._process = subprocess.Popen(
                command, env=launch.environment(), pass_fds=(theirs.fileno(),), start_new_session=True, cwd=os.sep
            )

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        self._ours.close()
        self._process.wait()

    def popen(self, descriptor: int, errors: IO[bytes]) -> Born:
        """Fork a zygote that has this control socket, and writes its errors there."""
        said = self._ask({"do": "fork"}, [descriptor, errors.fileno()])
        return Born(self, said)

    def _ask(self, request: dict[str, object], descriptors: list[int] | None = None) -> int | None:
        # Each request has a way back of its own: threads ask at the same time, and an interrupt gives answers up.
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                socket.send_fds(self._ours, [json.dumps(request).encode()], [theirs.fileno(), *(descriptors or [])])
            answer: int | None = json.loads(ours.recv(1000))
        return answer

    def poll(self, pid: int) -> int | None:
        """Return how a zygote ended, as `Popen.poll` says it."""
        return self._ask({"do": "poll", "pid": pid})


class Born:
    """What `Forking` needs of `subprocess.Popen`."""

    def __init__(self, nursery: Nursery, pid: int | None) -> None:
        assert pid is not None
        self.pid = pid
        self.returncode: int | None = None
        self._nursery = nursery

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal; None while it runs."""
        if self.returncode is None:
            self.returncode = self._nursery.poll(self.pid)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code. Raises `subprocess.TimeoutExpired`."""
        end = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if end is not None and time.monotonic() >= end:
                raise subprocess.TimeoutExpired(MODULE, timeout or 0.0)
            time.sleep(0.005)
        return code

    def kill(self) -> None:
        """End it."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


def is_wanted(module: str, gpu: bool) -> bool:
    """Whether a process that is to be started may come from the nursery."""
    test = os.environ.get("PYTEST_CURRENT_TEST", "")
    return module == MODULE and not gpu and not test.startswith(_AS_USERS_DO)


def main(descriptor: int) -> None:
    """Be the nursery: fork a zygote for each request, until the other end hangs up."""
    import grader.engine.sandbox.inside.main as zygote
    from grader.engine.sandbox.inside import warm

    warm.warm_up("full")
    warm.warm_up = lambda level: warm._with_compiler() if level == "compiler" else None  # what is left to do after that
    control = socket.socket(fileno=descriptor)
    ended: dict[int, int] = {}
    while True:
        select.select([control], [], [])
        message, descriptors, _, _ = socket.recv_fds(control, 1000, 3)
        if not message:
            os._exit(0)
        request, back = json.loads(message), socket.socket(fileno=descriptors.pop(0))
        answer: int | None
        if request["do"] == "fork":
            answer = os.fork()
            if answer == 0:
                control.close()
                back.close()
                _be_born(zygote, *descriptors)
            for one in descriptors:
                os.close(one)
        else:
            answer = _status(request["pid"], ended)
        with back, contextlib.suppress(BrokenPipeError):  # whoever asked may have been interrupted
            back.sendall(json.dumps(answer).encode())


def _be_born(zygote: object, control: int, errors: int) -> None:
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for place in (0, 1):
            os.dup2(null, place)
        os.dup2(errors, 2)
        os.close(null)
        os.close(errors)
        zygote.main(control)  # type: ignore[attr-defined]  # the module, imported before the fork
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _status(pid: int, ended: dict[int, int]) -> int | None:
    if pid not in ended:
        done, status = os.waitpid(pid, os.WNOHANG)
        if not done:
            return None
        ended[pid] = os.waitstatus_to_exitcode(status)
    return ended[pid]
