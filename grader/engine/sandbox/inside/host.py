"""What the zygote learns of its host before it forks: which paths a runner may read, which layers there are."""

from __future__ import annotations

import dataclasses
import os
import secrets
import site
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


def enter_namespaces(without: frozenset[str]) -> Host:
    """Enter namespaces and become the first process of one, as far as the host allows.

    Call while there is one thread. The process that called stays behind and waits; its child returns.
    """
    host = Host(secrets.randbits(20), without, mapped=identity.mapped_ids())
    if os.geteuid() != 0:
        host.user_namespace = host.attempt("user namespace", namespaces.enter_user)
    states = {} if "namespaces" in without else namespaces.enter()
    made = [kind for kind, state in states.items() if state == "ok"]
    lost = [f"{kind} {state}" for kind, state in states.items() if state != "ok"]
    summary = "; ".join([", ".join(made), *lost] if made else lost)
    host.states["namespaces"] = f"ok: {summary}" if made else summary or "off"
    if states.get("pid") == "ok":
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


def _stay_behind() -> None:
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    process.die_with_parent()


def build_jail(host: Host, root: str) -> None:
    """Collect the readable paths, and mount a jail of them where there is a mount namespace.

    Call once all is imported that comes from elsewhere.
    """
    host.read = readable_paths()
    host.imports = import_path()
    if "jail" not in host.states and host.attempt("jail", lambda: jail.build(root, host.read, DEVICES)):
        host.jail = root


def key_files() -> list[str]:
    """Return files that a runner must be able to read, one of each place it imports from."""
    names = ("os", "torch", "numpy", "torchvision", "PIL", "grader")
    modules = [sys.modules[name] for name in names if name in sys.modules]
    files = [getattr(module, "__file__", None) for module in modules]
    return [str(Path(file)) for file in files if file]
