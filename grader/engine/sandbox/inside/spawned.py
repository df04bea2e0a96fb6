"""A runner that was not forked: it warms up by itself, takes what limits the system has, and serves."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from grader.engine import wire
from grader.engine.sandbox import messages
from grader.engine.sandbox.limits import Limits
from grader.records.errors import AuthorError

_NOT_HERE = "refused: this system has no such layer, or none that is used"


def main(descriptor: int) -> None:
    """Serve on an inherited socket; on Windows on one that a line of standard input describes."""
    sock = _socket(descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start = messages.decode_start(wire.receive_frame(sock))
    sys.path[:0] = start.search
    try:
        prepared = _prepare(start)
    except AuthorError as error:
        wire.receive_frame(sock)
        wire.send_frame(sock, messages.encode(messages.Problem("author", error.message, error.hint)))
        return
    order = messages.decode_serve(wire.receive_frame(sock))
    for path in order.preloads:
        prepared.add_inputs(Path(path))
    os.environ["TMPDIR"] = os.environ["HOME"] = order.scratch
    os.chdir(order.scratch)
    wire.send_frame(sock, messages.encode(messages.Ready(_lock_down(order.limits))))
    importlib.import_module(f"{start.engine}.serve").serve(sock, prepared)


def _socket(descriptor: int) -> socket.socket:
    if sys.platform == "win32":
        import base64

        return socket.fromshare(base64.b64decode(sys.stdin.readline()))
    return socket.socket(fileno=descriptor)


def _prepare(start: messages.Start) -> Any:
    from grader.engine.sandbox.inside.warm import ready

    gc.disable()  # imports leave next to nothing to collect, and looking for it takes a tenth of their time
    prepared = ready(start)
    if start.gpu:
        importlib.import_module(f"{start.engine}.devices").warm_up()
    return prepared


def _lock_down(limits: Limits) -> dict[str, str]:
    layers = dict.fromkeys(("landlock", "jail", "user", "process namespace", "seccomp"), _NOT_HERE)
    try:
        from grader.engine.sandbox.layers import resources
    except ImportError as error:
        return layers | {"limits": f"refused: {error}"}
    return layers | {"limits": f"ok: {resources.set_portable_limits(limits)}"}
