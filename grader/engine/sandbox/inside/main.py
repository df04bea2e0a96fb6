"""The zygote's process: warms torch once, then forks a locked-down runner for each request. It holds no secret."""

from __future__ import annotations

import dataclasses
import gc
import importlib
import os
import select
import shutil
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from grader.engine.sandbox import messages
from grader.engine.sandbox.exits import BROKEN_OFF
from grader.engine.sandbox.inside import host as hosts
from grader.engine.sandbox.inside.host import Host
from grader.engine.sandbox.inside.lockdown import allows_changes, lock_down, scratch_directory
from grader.engine.sandbox.inside.pages import HugePages, leave_out_gpu_tables
from grader.engine.sandbox.layers import process, resources, seccomp
from grader.engine.sandbox.limits import PROFILES
from grader.records.errors import AuthorError

_LOCK_DOWN_SECONDS = 30.0
_GRACE_SECONDS = 0.2


@dataclasses.dataclass(frozen=True)
class _Runner:
    pid: int
    resident: int
    wait: bool
    """Whether it must be gone, not only dying, when the judge is told: it leaves files behind."""


class Zygote:
    """Forks runners and reaps them."""

    def __init__(self, control: socket.socket, host: Host, engine: str, prepared: Any) -> None:
        self._control = control
        self._host = host
        self._engine = engine
        self._prepared = prepared
        self._count = 0
        self._runners: dict[int, _Runner] = {}
        self._dying: set[int] = set()
        self._pages = HugePages()
        self._refused: dict[str, set[str]] = {}

    def run(self) -> None:
        """Answer requests until the judge hangs up."""
        while True:
            self._use_idle_time()
            packet, descriptor = messages.receive_with_descriptor(self._control)
            if not packet:
                return
            self._reap(wait=False)
            ticket, body = messages.unpack(packet)
            try:
                reply = self._answer(messages.decode_request(body), descriptor)
            except AuthorError as error:
                reply = messages.Problem("author", error.message, error.hint)
            except Exception as error:  # noqa: BLE001 - told to the judge, who raises it
                reply = messages.Problem("ours", f"{type(error).__name__}: {error}")
            finally:
                if descriptor is not None:
                    os.close(descriptor)
            self._control.send(messages.pack(ticket, reply))

    def _use_idle_time(self) -> None:
        while self._pages.pending() and not select.select([self._control], [], [], 0)[0]:
            self._pages.step()

    def _answer(self, request: messages.Request, descriptor: int | None) -> messages.Reply:
        if isinstance(request, messages.Fork):
            if descriptor is None:
                return messages.Problem("ours", "no socket came with the request to fork")
            return self._fork(request, descriptor)
        if isinstance(request, messages.Kill):
            return self._kill(request)
        self._prepared.add_inputs(Path(request.path))
        gc.collect()
        gc.freeze()
        return messages.Loaded()

    def settle(self) -> None:
        """Find out whether runners can have a user of their own, and make the filters of those whose id is known."""
        host = self._host
        if host.processes is not None:  # a runner's own id is then known beforehand, so its filters can be made now
            for profile in PROFILES:
                workers = profile == "workers"
                seccomp.program(workers, "any" if workers else "self", 1, allows_changes(host, profile))
        hosts.find_user(host, self._split)

    def _split(self) -> int:
        if self._host.processes is not None:
            self._host.processes.renew()
        return os.fork()

    def _fork(self, request: messages.Fork, descriptor: int) -> messages.Reply:
        self._count += 1
        number = self._count
        scratch = scratch_directory(self._host, request.profile)
        in_use = resources.InUse(resources.address_space())
        reading, writing = os.pipe()
        pid = self._split()
        if pid == 0:
            try:
                self._become_runner(request, descriptor, writing, number, in_use, scratch)
            finally:
                os._exit(BROKEN_OFF)
        os.close(writing)
        self._runners[number] = _Runner(pid, resources.resident_memory(), scratch is not None)
        self._pages.forked()
        answer = _read_all(reading)
        states = messages.decode_states(answer) if answer else {"error": "the runner died while being locked down"}
        problem = states.get("error") or self._news(request.profile, states)
        if problem:
            self._kill(messages.Kill(number, grace=False))
            if scratch:
                shutil.rmtree(scratch, ignore_errors=True)
            return messages.Problem("ours", problem)
        return messages.Forked(number, pid, self._host.states | states, scratch)

    def _news(self, profile: str, states: dict[str, str]) -> str | None:
        """Every runner must have the layers that the first one had: what the report says holds for all."""
        refused = {name for name, state in states.items() if not state.startswith("ok")}
        known = self._refused.setdefault(profile, refused)
        if refused <= known:
            self._refused[profile] = refused
            return None
        return "; ".join(f"{name} {states[name]}" for name in sorted(refused - known)) + ", unlike with earlier runners"

    def _become_runner(
        self,
        request: messages.Fork,
        descriptor: int,
        writing: int,
        number: int,
        in_use: resources.InUse,
        scratch: str | None,
    ) -> None:
        sock, status = process.keep_one_descriptor(socket.socket(fileno=descriptor), writing)
        try:
            states = lock_down(self._host, request.profile, request.limits, number, in_use, scratch)
        except Exception as error:  # noqa: BLE001 - told to the judge, who raises it
            states = {"error": f"the lock-down failed: {type(error).__name__}: {error}"}
        os.write(status, messages.encode(states))
        os.close(status)
        if "error" in states:
            os._exit(BROKEN_OFF)
        if request.role == "canary":
            from grader.engine.sandbox.inside.canary import try_forbidden_acts

            try_forbidden_acts(sock, request)
        else:
            importlib.import_module(f"{self._engine}.serve").serve(sock, self._prepared)
        os._exit(0)

    def _kill(self, request: messages.Kill) -> messages.Reply:
        runner = self._runners.pop(request.number)
        end = time.monotonic() + (_GRACE_SECONDS if request.grace else 0.0)
        while True:
            done, status, usage = os.wait4(runner.pid, os.WNOHANG)
            if done or time.monotonic() >= end:
                break
            time.sleep(0.0005)
        if self._host.processes is None:
            _kill_session(runner.pid)
        if done:
            grown = max(usage.ru_maxrss * 1024 - runner.resident, 0)
            return messages.Killed(status, False, grown, usage.ru_utime + usage.ru_stime)
        os.kill(runner.pid, signal.SIGKILL)
        self._dying.add(runner.pid)
        # Taking a large process apart lasts as long as making it; nobody needs to wait for that.
        self._reap(wait=runner.wait)
        return messages.Killed(signal.SIGKILL, True, 0, 0.0)

    def _reap(self, *, wait: bool) -> None:
        for pid in list(self._dying):
            if os.waitpid(pid, 0 if wait else os.WNOHANG)[0]:
                self._dying.discard(pid)


def _kill_session(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _read_all(descriptor: int) -> bytes:
    parts: list[bytes] = []
    end = time.monotonic() + _LOCK_DOWN_SECONDS
    try:
        while select.select([descriptor], [], [], max(end - time.monotonic(), 0))[0]:
            part = os.read(descriptor, 65536)
            if not part:
                break
            parts.append(part)
    finally:
        os.close(descriptor)
    return b"".join(parts)


def main(control_descriptor: int) -> None:
    """Run a zygote on an inherited control socket; its first packet is a `Start`."""
    control = socket.socket(fileno=control_descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start = messages.decode_start(control.recv(messages.MAX_PACKET))
    sys.path[:0] = start.search
    host = hosts.enter_namespaces(frozenset(start.without))
    from grader.engine.sandbox.inside.warm import ready

    gc.disable()  # imports leave next to nothing to collect, and looking for it takes a tenth of their time
    try:
        prepared = ready(start)
    except AuthorError as error:
        control.send(messages.pack(messages.NO_TICKET, messages.Problem("author", error.message, error.hint)))
        return
    leave_out_gpu_tables()
    hosts.build_jail(host, start.jail)
    process.keep_import_path(host.imports)
    process.hide()
    zygote = Zygote(control, host, start.engine, prepared)
    zygote.settle()
    threads = len(os.listdir("/proc/self/task"))
    host.states["threads"] = "ok: one" if threads == 1 else f"refused: torch runs {threads} threads in the zygote"
    control.send(messages.pack(messages.NO_TICKET, messages.Ready(host.states)))
    zygote.run()
    os._exit(0)  # taking torch apart would only keep the judge waiting
