"""A runner that was not forked: it warms up by itself, takes what limits the system has, and serves.

One that may use a GPU is locked down on Linux all the same: namespaces before CUDA starts, the rest afterwards, since
CUDA opens the driver's files and starts threads. What it opened stays open, and its address space has no limit.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.engine import wire
from grader.engine.sandbox import messages
from grader.records.errors import AuthorError

if TYPE_CHECKING:
    from grader.engine.sandbox.inside.host import Host

_NOT_HERE = "refused: this system has no such layer, or none that is used"


def main(descriptor: int) -> None:
    """Serve on an inherited socket; on Windows on one that a line of standard input describes."""
    sock = _socket(descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start = messages.decode_start(wire.receive_frame(sock))
    sys.path[:0] = start.search
    host = _enter_namespaces(start, sock) if start.jail else None
    try:
        prepared = _prepare(start)
    except AuthorError as error:
        wire.receive_frame(sock)
        wire.send_frame(sock, messages.encode(messages.Problem("author", error.message, error.hint)))
        return
    gpu, gpu_bytes = _start_gpu(start)
    if host is not None:
        _settle(host, start.jail)
    order = messages.decode_serve(wire.receive_frame(sock))
    for path in order.preloads:
        prepared.add_inputs(Path(path))
    if gpu_bytes:
        _devices(start).limit_memory(order.request.limits.gpu_bytes)
    layers = _limit(order) if host is None else _lock_down(host, order)
    wire.send_frame(sock, messages.encode(messages.Ready(gpu | layers, gpu_bytes)))
    if order.request.role == "canary":
        from grader.engine.sandbox.inside.canary import try_forbidden_acts

        try_forbidden_acts(sock, order.request)
    else:
        importlib.import_module(f"{start.engine}.serve").serve(sock, prepared)
    os._exit(0)


def _socket(descriptor: int) -> socket.socket:
    if sys.platform == "win32":
        import base64

        return socket.fromshare(base64.b64decode(sys.stdin.readline()))
    return socket.socket(fileno=descriptor)


def _prepare(start: messages.Start) -> Any:
    from grader.engine.sandbox.inside.warm import ready

    gc.disable()  # imports leave next to nothing to collect, and looking for it takes a tenth of their time
    return ready(start)


def _devices(start: messages.Start) -> Any:
    return importlib.import_module(f"{start.engine}.devices")


def _start_gpu(start: messages.Start) -> tuple[dict[str, str], int]:
    """Start CUDA; return how that went, as a layer's state, and the bytes of memory that are free there."""
    if not start.gpu:
        return {}, 0
    try:
        free: int = _devices(start).warm_up()
    except OSError as error:
        return {"gpu": f"refused: {error.strerror or error}"}, 0
    return {"gpu": f"ok: {free >> 20} MiB free"}, free


def _enter_namespaces(start: messages.Start, sock: socket.socket) -> Host:
    from grader.engine.sandbox.gpus import device_files
    from grader.engine.sandbox.inside import host as hosts

    host = hosts.enter_namespaces(frozenset(start.without), sock)
    host.gpus = device_files()
    return host


def _settle(host: Host, root: str) -> None:
    """Find out what this process can be locked down with, now that all is loaded that comes from elsewhere."""
    from grader.engine.sandbox.gpus import driver_folders
    from grader.engine.sandbox.inside import host as hosts
    from grader.engine.sandbox.layers import process

    hosts.build_jail(host, root, driver_folders(Path("/proc/self/maps").read_text()))
    process.keep_import_path(host.imports)
    hosts.find_user(host, os.fork)


def _lock_down(host: Host, order: messages.Serve) -> dict[str, str]:
    from grader.engine.sandbox.inside.lockdown import lock_down
    from grader.engine.sandbox.layers import process, resources

    process.close_standard_streams()
    in_use = resources.in_use_with_a_gpu()
    states = lock_down(host, order.request.profile, order.request.limits, 1, in_use, order.scratch)
    return host.states | states


def _limit(order: messages.Serve) -> dict[str, str]:
    os.environ["TMPDIR"] = os.environ["HOME"] = order.scratch
    os.chdir(order.scratch)
    layers = dict.fromkeys(("landlock", "jail", "user", "process namespace", "seccomp"), _NOT_HERE)
    try:
        from grader.engine.sandbox.layers import resources
    except ImportError as error:
        return layers | {"limits": f"refused: {error}"}
    return layers | {"limits": f"ok: {resources.set_portable_limits(order.request.limits)}"}
