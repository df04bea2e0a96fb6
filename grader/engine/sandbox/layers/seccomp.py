"""Seccomp: system calls that a runner has no use for fail with "operation not permitted"."""

from __future__ import annotations

import ctypes
import errno
import functools
import struct
from typing import Literal

from grader.engine.sandbox.layers.filters import (
    Program,
    allow_values,
    assemble,
    fail_always,
    fail_unless_flag,
    fail_with_flag,
)
from grader.engine.sandbox.layers.kernel import no_new_privileges, syscall
from grader.engine.sandbox.layers.syscalls import AUDIT_ARCHITECTURE, NUMBERS, machine

Signals = Literal["self", "none", "any"]

_SET_MODE_FILTER = 1
_ALL_THREADS = 1
CLONE_THREAD = 0x10000
# CLONE_NEWTIME is absent: in clone(2) its bit belongs to the exit signal.
_CLONE_NAMESPACES = 0x7E020000
_X32_BIT = 0x40000000
_AF_UNIX = 1

# prctl: name of a thread (set, get), whether core dumps are possible (get), names of memory areas.
_PRCTL_ALLOWED = (15, 16, 3, 0x53564D41)
_TIOCSTI, _TIOCLINUX, _TIOCSETD = 0x5412, 0x541C, 0x5423

# fmt: off
_ALWAYS_REFUSED = (
    # other programs and other identities
    "execve", "execveat", "personality", "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid",
    "setgroups", "setfsuid", "setfsgid", "capset", "setsid", "setpgid", "setrlimit", "seccomp",
    # other processes
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "kcmp",
    "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
    # namespaces and mounts
    "unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "open_tree", "open_tree_attr", "move_mount",
    "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "name_to_handle_at", "open_by_handle_at",
    # large or obscure kernel interfaces
    "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register", "keyctl",
    "add_key", "request_key", "modify_ldt", "vmsplice", "remap_file_pages", "lookup_dcookie", "_sysctl", "sysfs",
    "ustat", "uselib", "nfsservctl", "fanotify_init", "fanotify_mark", "inotify_init", "inotify_init1",
    "map_shadow_stack", "migrate_pages", "move_pages",
    # memory that no limit counts
    "memfd_create", "memfd_secret", "shmget", "shmat", "shmctl", "semget", "msgget", "mq_open", "mq_unlink",
    # the machine as a whole
    "init_module", "finit_module", "delete_module", "create_module", "kexec_load", "kexec_file_load", "reboot",
    "swapon", "swapoff", "acct", "syslog", "vhangup", "quotactl", "quotactl_fd", "adjtimex", "clock_adjtime",
    "clock_settime", "settimeofday", "sethostname", "setdomainname", "iopl", "ioperm",
    # scheduling above others, files of other kinds
    "setpriority", "ioprio_set", "sched_setscheduler", "sched_setparam", "sched_setattr", "mknod", "mknodat",
    "symlink", "symlinkat",
)
# Landlock leaves owners, modes, times and attributes alone, and the length before its version 3.
_CHANGES_TO_FILES = (
    "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown", "fchownat", "utime", "utimes", "utimensat",
    "futimesat", "setxattr", "lsetxattr", "fsetxattr", "setxattrat", "removexattr", "lremovexattr", "fremovexattr",
    "removexattrat", "file_setattr", "truncate",
)
_REFUSED_WITHOUT_WORKERS = ("fork", "vfork", "connect", "bind", "listen", "accept", "accept4", "link", "linkat")
# fmt: on


@functools.cache
def program(workers: bool, signals: Signals, own_pid: int, changes: bool) -> bytes:
    """Return the filter as the kernel takes it.

    `workers` allows processes and AF_UNIX sockets. `signals` says whom kill(2) may reach: the process itself
    (`own_pid`), nobody, or anybody the other layers leave. `changes` allows changing the modes and times of files, for
    runners that see no file but their own. Raises `OSError` for a machine without a table.
    """
    name = machine()
    if name not in NUMBERS:
        raise OSError(errno.ENOSYS, f"no system call table for {name}")
    table = NUMBERS[name]
    refused = _ALWAYS_REFUSED + (() if workers else _REFUSED_WITHOUT_WORKERS) + (() if changes else _CHANGES_TO_FILES)
    rules: dict[str, Program] = {call: fail_always(errno.EPERM) for call in refused}
    # The C library falls back to clone(2), whose flags a filter can read.
    rules["clone3"] = fail_always(errno.ENOSYS)
    rules["clone"] = fail_with_flag(0, _CLONE_NAMESPACES) if workers else fail_unless_flag(0, CLONE_THREAD)
    rules["socket"] = allow_values(0, (_AF_UNIX,)) if workers else fail_always(errno.EPERM)
    rules["prctl"] = allow_values(0, _PRCTL_ALLOWED)
    rules["prlimit64"] = allow_values(2, (0,), high=True)
    rules["ioctl"] = allow_values(1, (_TIOCSTI, _TIOCLINUX, _TIOCSETD), but=True)
    for call in ("kill", "tgkill", "tkill"):
        if signals == "none" or (call == "tkill" and signals == "self"):
            rules[call] = fail_always(errno.EPERM)
        elif signals == "self":
            rules[call] = allow_values(0, (own_pid,))
    known = {table[call]: rule for call, rule in rules.items() if call in table}
    return assemble(AUDIT_ARCHITECTURE[name], _X32_BIT if name == "x86_64" else None, known)


def install(workers: bool, signals: Signals, own_pid: int, changes: bool) -> str:
    """Filter this process's system calls from now on, and its children's; return what was set, in words.

    Raises `OSError` where the kernel or the machine has no such filter.
    """
    code = program(workers, signals, own_pid, changes)
    buffer = ctypes.create_string_buffer(code, len(code))
    size = len(code) // struct.calcsize("<HBBI")
    header = struct.pack("@HP", size, ctypes.addressof(buffer))
    no_new_privileges()
    syscall("seccomp", _SET_MODE_FILTER, _ALL_THREADS, header)
    return f"{size} instructions" + (", processes allowed" if workers else "")
