"""Frames and messages between the judge and a runner.

A frame is a little-endian 4-byte length and that many bytes of msgpack. Each end decodes with a typed decoder, so a
frame of another shape is an error, never an object. Every request has an id that no
earlier message lets a submission guess; the reply must echo it.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import Literal

import msgspec

from grader.engine.bans.findings import SourceFindings
from grader.records.observations import Meta, Raised
from grader.records.rules import Given, Rules

MAX_FRAME = 64 << 20
_COPIED = 1 << 16
"""Bytes that are copied behind their header, to be sent at once; of more no second copy is made."""
_HEADER = struct.Struct("<I")


class Watched(msgspec.Struct, frozen=True, array_like=True):
    """What is asked of a source for one exercise: what it defines, what it must not call and what it must."""

    names: tuple[str, ...]
    bans: tuple[str, ...]
    needs: tuple[str, ...]
    rules: Rules = Rules()


class Read(msgspec.Struct, frozen=True, tag="read"):
    """Read a submission's cells before they are executed: which bans and needs of each exercise they break."""

    id: int
    cells: tuple[str, ...]
    asked: tuple[Watched, ...]
    files: dict[str, bytes] = {}
    """What lies beside the answer, by name: modules that it imports are read with it."""
    notebook: bool = False
    """Whether the cells are a notebook's, which is its own main module."""
    given: Given = Given()
    """What the stub holds."""


class Load(msgspec.Struct, frozen=True, tag="load"):
    """Execute a submission's cells as one module."""

    id: int
    assignment: str
    filename: str
    cells: tuple[str, ...]
    """Python source, executed statement by statement: an error in one does not stop the next."""
    seed: int = 0
    skip: tuple[tuple[int, int], ...] = ()
    """Statements to leave out, as (cell, statement), both counted from 1: they ended an earlier process."""
    notebook: bool = False
    """Whether the cells are a notebook's, which is its own main module."""
    files: dict[str, bytes] = {}
    """What lies beside the answer, by name: put into the scratch directory before the first statement."""
    output: int = 4000
    """Characters of what it prints that are kept, of each example."""


class Replay(msgspec.Struct, frozen=True, tag="replay"):
    """Run a probe on examples that the zygote already holds."""

    id: int
    probe: str
    start: int
    stop: int
    device: str = "cpu"
    trace: bool = False
    """Whether the torch functions that the submission calls are told."""
    follow: tuple[str, ...] = ()
    """Needed torch functions: whether all data of a result went through them is told."""


class Call(msgspec.Struct, frozen=True, tag="call"):
    """Run a probe on examples that are sent along (encoded `Example` records)."""

    id: int
    probe: str
    examples: tuple[bytes, ...]
    device: str = "cpu"
    trace: bool = False
    follow: tuple[str, ...] = ()
    perturb: tuple[str, ...] = ()
    """Torch functions whose results are changed slightly, to see whether the answer depends on them."""
    perturb_seed: int = 0
    cut: tuple[str, ...] = ()
    """Torch functions that answer in every second call what they answered in the call before."""
    skip: int = 0
    """Of the examples, how many come before the first whose answers are kept."""
    show: tuple[str, ...] = ()
    """Functions of the submission: what the first call of one is given comes instead of the probe's result."""


class Measure(msgspec.Struct, frozen=True, tag="measure"):
    """Run a probe on examples that are sent along, the reference's own answer, and tell what is allowed around it.

    The bodies of the reply are encoded `Limits`.
    """

    id: int
    probe: str
    examples: tuple[bytes, ...]


class Simulate(msgspec.Struct, frozen=True, tag="simulate"):
    """Run a probe on examples that are sent along, on a device that is not there.

    The bodies of the reply are encoded `Simulated` records. What the submission keeps from these calls is no plain
    tensor: nothing that counts is asked of such a runner afterwards.
    """

    id: int
    probe: str
    examples: tuple[bytes, ...]


Request = Read | Load | Replay | Call | Measure | Simulate


class Readings(msgspec.Struct, frozen=True, tag="readings"):
    """What the source says, in the order in which it was asked."""

    id: int
    found: tuple[SourceFindings, ...]
    grown_bytes: int = 0
    """By how much reading made the process larger."""


class Begun(msgspec.Struct, frozen=True, tag="begun"):
    """A statement of the submission is executed next: sent while it is loaded, so that one that ends it is known."""

    id: int
    cell: int
    statement: int
    line: int = 0
    binds: tuple[str, ...] = ()
    """The names that it is to define."""


class LoadError(msgspec.Struct, frozen=True, array_like=True):
    """A statement that failed while the submission was loaded, and what it was to define."""

    cell: int
    raised: Raised
    binds: tuple[str, ...] = ()


class Loaded(msgspec.Struct, frozen=True, tag="loaded"):
    """A submission was executed: which names it defines, and which statements failed."""

    id: int
    names: tuple[str, ...]
    errors: tuple[LoadError, ...]
    meta: Meta


class Results(msgspec.Struct, frozen=True, tag="results"):
    """Encoded `Observation`, `Limits` or `Simulated` records, one an example, in order."""

    id: int
    bodies: tuple[bytes, ...]
    metas: tuple[Meta, ...]


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The runner itself could not go on: its own code failed, or the submission left it no memory or no device."""

    id: int
    why: Literal["ours", "memory", "device"]
    message: str


Reply = Readings | Begun | Loaded | Results | Failed

encode = msgspec.msgpack.Encoder().encode
decode_request = msgspec.msgpack.Decoder(Request).decode
decode_reply = msgspec.msgpack.Decoder(Reply).decode


class WireClosed(Exception):
    """The other end went away in or before a frame."""


class WireTimeout(Exception):
    """No whole frame arrived before the deadline."""


class WireProblem(Exception):
    """What arrived is no valid frame."""


def send_frame(sock: socket.socket, payload: bytes, deadline: float | None = None) -> None:
    """Send one frame; `deadline` is absolute, on `time.monotonic`'s clock.

    Raises `WireClosed` when the other end is gone and `WireTimeout` when it does not read.
    """
    _arm(sock, deadline)
    try:
        header = _HEADER.pack(len(payload))
        if len(payload) > _COPIED:
            sock.sendall(header)
            header = b""
        sock.sendall(header + payload if header else payload)
    except TimeoutError as error:
        raise WireTimeout("the other end does not read") from error
    except OSError as error:
        raise WireClosed(str(error)) from error


def receive_frame(sock: socket.socket, deadline: float | None = None, cap: int = MAX_FRAME) -> bytes:
    """Receive one frame of at most `cap` bytes before the absolute `deadline`.

    Raises `WireClosed`, `WireTimeout`, or `WireProblem` when the announced length is over the cap.
    """
    (length,) = _HEADER.unpack(_receive_exactly(sock, _HEADER.size, deadline))
    if length > cap:
        raise WireProblem(f"a message of {length} bytes; at most {cap} are taken")
    return bytes(_receive_exactly(sock, length, deadline))


def _receive_exactly(sock: socket.socket, count: int, deadline: float | None) -> bytearray:
    buffer = bytearray(count)
    view = memoryview(buffer)
    done = 0
    while done < count:
        _arm(sock, deadline)
        try:
            got = sock.recv_into(view[done:])
        except TimeoutError as error:
            raise WireTimeout("no answer in time") from error
        except OSError as error:
            raise WireClosed(str(error)) from error
        if got == 0:
            raise WireClosed("the other end closed")
        done += got
    return buffer


def _arm(sock: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        sock.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise WireTimeout("the deadline has passed")
    sock.settimeout(left)
