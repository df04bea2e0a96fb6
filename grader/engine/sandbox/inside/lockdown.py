"""The order in which a forked runner gives things up; each layer is described in `grader.engine.sandbox.layers`."""

from __future__ import annotations

import dataclasses
import os
import tempfile
from collections.abc import Callable

from grader.engine.sandbox.inside.host import DEVICES, Host, try_layer
from grader.engine.sandbox.layers import identity, jail, landlock, namespaces, process, resources, seccomp
from grader.engine.sandbox.limits import Limits, Profile

_WORKER_PROCESSES = 24
"""Enough for a DataLoader with three workers, each with its threads."""


def allows_changes(host: Host, profile: Profile) -> bool:
    """Whether a runner of this profile may change modes and times of files: only where it sees none but its own."""
    return host.jail is not None


def scratch_directory(host: Host, profile: Profile) -> str | None:
    """Make a directory on the host for a runner that has no private mount to write to; None where none is needed."""
    if host.jail:
        return None
    return tempfile.mkdtemp(prefix="grader-scratch-")


def lock_down(
    host: Host, profile: Profile, limits: Limits, number: int, in_use: resources.InUse, scratch: str | None
) -> dict[str, str]:
    """Give up everything that a runner of this profile does not need; return each layer's state.

    Call in a forked child with one thread, after its descriptors were closed, or in a process that was started for this
    runner. Facts from /proc must be gathered before: here it becomes unreadable. `scratch` is what `scratch_directory`
    made.
    """
    states: dict[str, str] = {}

    def layer(name: str, act: Callable[[], object]) -> bool:
        states[name] = try_layer(name, act, host.without)
        return states[name].startswith("ok")

    process.default_signals()
    threads = len(os.listdir("/proc/self/task"))
    if not host.unforked:
        os.setsid()
    user = identity.pick(host.number, number, host.mapped) if host.own_user else os.getuid()
    if scratch is not None and host.own_user:
        os.chown(scratch, user, user)
    where = jail.SCRATCH if host.jail else scratch or "/"
    _forget_the_zygote(host, where)
    process.show()
    layer("first to go", process.volunteer)
    layer("scratch", lambda: _mount_scratch(host, user, limits, shared=profile == "workers"))
    counted = host.own_user or (host.unforked and host.user_namespace)
    if host.user_namespace and not host.unforked:
        counted = layer("user namespace", _count_processes)
    if host.jail:
        jail.enter(host.jail, where)
    else:
        os.chdir(where)
    layer("landlock", lambda: _restrict_files(host, profile, where, threads))
    if os.geteuid() == 0 or host.user_namespace:
        layer("bounding set", identity.drop_bounding_set)
    if host.own_user:
        layer("user", lambda: identity.become(user))
    layer("limits", lambda: resources.set_limits(_bounded(limits, profile), in_use, count_processes=counted))
    layer("capabilities", identity.drop_capabilities)
    layer("hidden", process.hide)
    layer("dies with the zygote", process.die_with_parent)
    layer("seccomp", lambda: _filter_calls(host, profile, states))
    return states


def _forget_the_zygote(host: Host, where: str) -> None:
    process.clean_environment(where, gpu=host.unforked)
    process.forget_temporary_directory(where)


def _bounded(limits: Limits, profile: Profile) -> Limits:
    if profile != "workers":
        return limits
    # Memory is limited for each process: their number bounds what they take together.
    return dataclasses.replace(limits, processes=min(limits.processes, _WORKER_PROCESSES))


def _mount_scratch(host: Host, user: int, limits: Limits, *, shared: bool) -> str:
    if not host.jail:
        return "a directory on the host; its total size is not capped"
    group = user if host.own_user else os.getgid()
    jail.add_scratch(
        host.jail, user, group, limits.scratch_bytes, limits.scratch_files, shared=shared, own=host.unforked
    )
    return f"{limits.scratch_bytes >> 20} MiB in memory, {limits.scratch_files} files"


def _count_processes() -> str:
    namespaces.enter_user()
    return "one for each runner"


def _restrict_files(host: Host, profile: Profile, where: str, threads: int) -> str:
    write = [where, jail.SHARED_MEMORY] if profile == "workers" else [where]
    done = landlock.restrict(host.read, write, DEVICES, host.gpus)
    if threads > 1:  # it holds for the thread that asks for it, and for those that this one starts
        raise OSError(f"{done}, but not for {threads - 1} threads that were started before")
    return done


def _filter_calls(host: Host, profile: Profile, states: dict[str, str]) -> str:
    signals: seccomp.Signals = "self"
    if profile == "workers":
        # A DataLoader may end its workers by a signal, where none can reach the judge or the zygote.
        contained = host.apart or "signals" in states["landlock"]
        signals = "any" if contained else "none"
    return seccomp.install(profile == "workers", signals, os.getpid(), allows_changes(host, profile))
