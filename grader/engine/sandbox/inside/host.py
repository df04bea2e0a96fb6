"""What the zygote learns of its host before it forks: which paths a runner may read, which layers there are."""

from __future__ import annotations

import dataclasses
import os
import secrets
import select
import signal
import site
import socket
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import grader
from grader.engine.sandbox.layers import identity, jail, namespaces, process

DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/urandom", "/dev/random")
_SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/share/zoneinfo",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/nix/store",
)


def import_path() -> tuple[str, ...]:
    """Return the directories from which a runner may import: the standard library and installed packages."""
    paths = sysconfig.get_paths()
    found = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    found += [os.path.join(path, "lib-dynload") for path in found[:2]]
    found += site.getsitepackages()
    return tuple(dict.fromkeys([*found, *map(os.path.realpath, found)]))


def readable_paths() -> tuple[str, ...]:
    """Return the trees and files that a runner may read."""
    package = os.path.dirname(os.path.abspath(grader.__file__))
    libraries = os.path.join(sys.base_prefix, "lib")
    found = (*_SYSTEM, libraries, package, *import_path())
    return tuple(path for path in dict.fromkeys([*found, *map(os.path.realpath, found)]) if os.path.exists(path))


@dataclasses.dataclass
class Host:
    """The layers that this host has, and what the zygote prepared for them."""

    number: int
    """Drawn at random: sets this zygote's users apart from those of others, in other containers too."""
    without: frozenset[str]
    states: dict[str, str] = dataclasses.field(default_factory=dict)
    read: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    mapped: int = 0
    jail: str | None = None
    processes: namespaces.ProcessNamespaces | None = None
    user_namespace: bool = False
    own_user: bool = False
    unforked: bool = False
    """Whether the process that holds this becomes a runner itself: it has threads, and devices open."""
    gpus: tuple[str, ...] = ()
    """Files of the GPUs that runners may use."""

    @property
    def apart(self) -> bool:
        """Whether a runner sees no processes but its own."""
        return self.states.get("process namespace", "").startswith("ok")

    def attempt(self, layer: str, act: Callable[[], object]) -> bool:
        """Try a layer, note how it went, and say whether it holds."""
        self.states[layer] = state = try_layer(layer, act, self.without)
        return state.startswith("ok")


def try_layer(layer: str, act: Callable[[], object], without: frozenset[str]) -> str:
    """Return "ok", "ok: <detail>", "off" or "refused: <why>" for one layer."""
    if layer in without:
        return "off"
    try:
        detail = act()
    except OSError as error:
        return f"refused: {error.strerror or error}"
    return f"ok: {detail}" if isinstance(detail, str) else "ok"


def enter_namespaces(without: frozenset[str], alone: socket.socket | None = None) -> Host:
    """Enter namespaces and become the first process of one, as far as the host allows.

    Call while there is one thread. The process that called stays behind and waits; its child returns. With the socket
    of a runner that is not forked, `alone`, it always does so, ends as the child ends, and ends it when the judge is
    gone.
    """
    host = Host(secrets.randbits(20), without, mapped=identity.mapped_ids(), unforked=alone is not None)
    if os.geteuid() != 0:
        host.user_namespace = host.attempt("user namespace", namespaces.enter_user)
    states = {} if "namespaces" in without else namespaces.enter()
    made = [kind for kind, state in states.items() if state == "ok"]
    lost = [f"{kind} {state}" for kind, state in states.items() if state != "ok"]
    summary = "; ".join([", ".join(made), *lost] if made else lost)
    host.states["namespaces"] = f"ok: {summary}" if made else summary or "off"
    if alone is not None:
        _stay_behind(alone)
        host.states["process namespace"] = states.get("pid", "off")
    elif states.get("pid") == "ok":
        _stay_behind()
        host.attempt("process namespace", lambda: _own_processes(host))
    else:
        host.states["process namespace"] = states.get("pid", "off")
    if states.get("mount") != "ok":
        host.states["jail"] = states.get("mount", "off")
    return host


def _own_processes(host: Host) -> None:
    made = namespaces.ProcessNamespaces()
    made.renew()
    made.leave()
    host.processes = made


def _stay_behind(alone: socket.socket | None = None) -> None:
    child = os.fork()
    if child:
        if alone is not None:
            _end_when_hung_up(child, alone)
        _, status = os.waitpid(child, 0)
        if alone is not None:
            process.end_like(status)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    process.die_with_parent()


def _end_when_hung_up(child: int, sock: socket.socket) -> None:
    """Wait until a child ends, or the other end of a socket is closed: then end it."""
    try:
        ending = os.pidfd_open(child)
    except OSError:  # a kernel before 5.3: a runner that never listens outlives a judge that was killed
        return
    poll = select.poll()
    poll.register(ending, select.POLLIN)
    poll.register(sock, 0)  # to be told when it is hung up
    if ending not in dict(poll.poll()):
        os.kill(child, signal.SIGKILL)


def find_user(host: Host, split: Callable[[], int]) -> None:
    """Find out whether runners can have a user of their own: one that can still read what they import.

    `split` forks. Call once the jail is built and all is imported.
    """
    if os.geteuid() != 0 or host.user_namespace:
        host.states["user"] = "refused: only root can give runners a user of their own"
        return
    if "user" in host.without:
        host.states["user"] = "off"
        return
    host.own_user = True
    reading, writing = os.pipe()
    pid = split()
    if pid == 0:
        try:
            os.write(writing, _try_another_user(host).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as stream:
        answer = stream.read().decode()
    os.waitpid(pid, 0)
    if answer != "ok":
        host.own_user = False
        host.states["user"] = f"refused: {answer or 'the trial of another user died'}"


def _try_another_user(host: Host) -> str:
    try:
        if host.jail:
            jail.enter(host.jail, jail.EMPTY)
        identity.become(identity.pick(host.number, 0, host.mapped))
    except OSError as error:
        return str(error)
    for file in key_files():
        try:
            with open(file, "rb") as stream:
                stream.read(1)
        except OSError as error:
            return f"another user cannot read {file} ({error.strerror})"
    closed = [file for file in host.gpus if not os.access(file, os.R_OK | os.W_OK)]
    return f"another user cannot use {closed[0]}" if closed else "ok"


def build_jail(host: Host, root: str, also: tuple[str, ...] = ()) -> None:
    """Collect the readable paths, `also` these, and mount a jail of them where there is a mount namespace.

    Call once all is imported that comes from elsewhere.
    """
    host.read = (*readable_paths(), *also)
    host.imports = import_path()
    devices = (*DEVICES, *host.gpus)
    if "jail" not in host.states and host.attempt("jail", lambda: jail.build(root, host.read, devices)):
        host.jail = root


def key_files() -> list[str]:
    """Return files that a runner must be able to read, one of each place it imports from."""
    names = ("os", "torch", "numpy", "torchvision", "PIL", "grader")
    modules = [sys.modules[name] for name in names if name in sys.modules]
    files = [getattr(module, "__file__", None) for module in modules]
    return [str(Path(file)) for file in files if file]
