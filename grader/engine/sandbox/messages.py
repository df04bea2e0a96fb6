"""What the judge and the zygote say to each other: one record a packet, msgpack-encoded, never pickled."""

from __future__ import annotations

import socket
import struct
from typing import Literal

import msgspec

from grader.engine.sandbox.limits import Limits, Profile
from grader.records.errors import AuthorError, GraderError, SandboxError

MAX_PACKET = 128 << 10

NO_TICKET = 0
"""Stands in a packet that answers no request: the zygote's first."""
_TICKET = struct.Struct("<Q")

Role = Literal["serve", "canary"]
"""What a new runner does once it is locked down: answer the judge, or try the forbidden acts."""


WarmupLevel = Literal["minimal", "full", "compiler"]
"""How much of torch is used before the first fork: each takes in the one before it."""


class Start(msgspec.Struct, frozen=True):
    """How to set a zygote up; given once, on its command line's behalf."""

    checks: tuple[tuple[str, str], ...]
    """(assignment, path of its checks.py or hidden.py)."""
    warm: WarmupLevel
    engine: str
    """The package whose `prepare.prepare` and `serve.serve` are called."""
    search: tuple[str, ...]
    """Directories from which the engine and this package are imported."""
    jail: str
    """An empty directory to mount the jail at; "" for interpreters of one runner that are not locked down."""
    without: tuple[str, ...] = ()
    """Layers to leave out."""
    gpu: bool = False
    """Whether runners see the GPUs: none of them is forked."""


class Fork(msgspec.Struct, frozen=True, tag="fork"):
    """Fork a runner on the socket that comes with this packet."""

    profile: Profile
    limits: Limits
    role: Role = "serve"
    forbidden: tuple[str, ...] = ()
    """Paths that a canary tries to read."""
    bait: str = ""
    """A directory of ours with a `file` that a canary tries to change, and a `socket` it tries to connect to."""


class Serve(msgspec.Struct, frozen=True, tag="serve"):
    """To an interpreter that was started for one runner: read these files of examples, and be what is asked for."""

    request: Fork
    preloads: tuple[str, ...]
    scratch: str


class Kill(msgspec.Struct, frozen=True, tag="kill"):
    """End a runner; with `grace` it is given a moment to end by itself."""

    number: int
    grace: bool


class Preload(msgspec.Struct, frozen=True, tag="preload"):
    """Read a file of examples, so that the runners to come inherit them."""

    path: str


Request = Fork | Kill | Preload


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The zygote is warm."""

    layers: dict[str, str]
    gpu_bytes: int = 0
    """Of a GPU's memory, those that are free; 0 without one."""


class Forked(msgspec.Struct, frozen=True, tag="forked"):
    """A runner is locked down and serves."""

    number: int
    pid: int
    layers: dict[str, str]
    scratch: str | None
    """A directory on the host to remove when the runner is gone."""


class Killed(msgspec.Struct, frozen=True, tag="killed"):
    """A runner is gone: its wait(2) status, whether we ended it, and what it took."""

    status: int
    ours: bool
    grown_bytes: int
    cpu_seconds: float


class Loaded(msgspec.Struct, frozen=True, tag="loaded"):
    """The examples are in memory."""


class Problem(msgspec.Struct, frozen=True, tag="problem"):
    """The request failed; the zygote goes on."""

    whose: Literal["author", "ours"]
    message: str
    hint: str | None = None


Reply = Ready | Forked | Killed | Loaded | Problem

encode = msgspec.msgpack.Encoder().encode
replace = msgspec.structs.replace
decode_serve = msgspec.msgpack.Decoder(Serve).decode
decode_start = msgspec.msgpack.Decoder(Start).decode
decode_request = msgspec.msgpack.Decoder(Request).decode
decode_reply = msgspec.msgpack.Decoder(Reply).decode
decode_states = msgspec.msgpack.Decoder(dict[str, str]).decode


def pack(ticket: int, record: Request | Reply) -> bytes:
    """Return a packet: the number that an answer repeats, and a record."""
    return _TICKET.pack(ticket) + encode(record)


def unpack(packet: bytes) -> tuple[int, bytes]:
    """Return a packet's number and its encoded record."""
    (ticket,) = _TICKET.unpack_from(packet)
    return ticket, packet[_TICKET.size :]


def as_error(problem: Problem) -> GraderError:
    """Return the error to raise for a problem."""
    if problem.whose == "author":
        return AuthorError(problem.message, hint=problem.hint)
    return SandboxError(f"the sandbox could not do that: {problem.message}", hint=problem.hint)


def receive_with_descriptor(sock: socket.socket) -> tuple[bytes, int | None]:
    """Receive a packet and the descriptor that came with it; an empty packet means that the other end is gone."""
    packet, descriptors, _, _ = socket.recv_fds(sock, MAX_PACKET, 1)
    return packet, descriptors[0] if descriptors else None
