"""Lets what watches a submission see its threads: modes and profile functions of an interpreter hold for one thread."""

from __future__ import annotations

import _thread
import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, ClassVar, Protocol

from torch.overrides import TorchFunctionMode


class Watcher(Protocol):
    """What is told of every thread while it watches."""

    def function(self, func: Any, types: Any, args: Any, kwargs: Any, mode: TorchFunctionMode) -> Any:
        """Do a torch function's work, and note what matters of it."""
        ...

    def event(self, frame: FrameType, event: str, argument: Any) -> None:
        """Take an event of the interpreter's profiler."""
        ...


class _Now:
    """Who watches at the moment; threads live longer than that."""

    watcher: Watcher | None = None
    blinded = False
    """Whether somebody else set a profile function, or began a thread past us: then not all is seen."""
    blind_thread = False
    """The same in a thread that goes on from call to call."""
    ours: ClassVar[set[int]] = set()
    """Threads in which we do so ourselves right now."""


def watch(watcher: Watcher | None) -> Watcher | None:
    """Let threads be watched by this one from now on, or by nobody; return who did."""
    before, _Now.watcher = _Now.watcher, watcher
    return before


def watching() -> Watcher | None:
    """Return who watches now."""
    return _Now.watcher


def set_profile(function: Any) -> None:
    """Set the profile function of this thread; whoever else does so is noticed."""
    with _by_us():
        sys.setprofile(function)


def look_again() -> None:
    """Forget what was noticed in this thread: its profile function was just set."""
    _Now.blinded = False


def is_blinded() -> bool:
    """Whether something may have run unseen since we looked again."""
    return _Now.blinded or _Now.blind_thread


@contextlib.contextmanager
def _by_us() -> Iterator[None]:
    this = _thread.get_ident()
    _Now.ours.add(this)
    try:
        yield
    finally:
        _Now.ours.discard(this)


_EVENTS = frozenset({"sys.setprofile", "_thread.start_new_thread", "_thread.start_joinable_thread"})


def _audit(event: str, args: tuple[Any, ...]) -> None:
    """Python's own word on what could blind us; a hook of this kind cannot be taken away."""
    if event in _EVENTS and _thread.get_ident() not in _Now.ours:
        _Now.blinded = True
        if event != "sys.setprofile" or threading.current_thread() is not threading.main_thread():
            _Now.blind_thread = True


def profiled(frame: FrameType, event: str, argument: Any) -> None:
    """The profile function of every watched thread; that a function returns is nobody's news."""
    watcher = _Now.watcher
    if watcher is not None and event != "return":
        watcher.event(frame, event, argument)


class Forwarding(TorchFunctionMode):  # type: ignore[misc]  # torch's class is untyped
    """Hands each call of a torch function to whoever watches."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Do the call, watched when somebody watches."""
        watcher = _Now.watcher
        if watcher is None:
            return func(*args, **(kwargs or {}))
        return watcher.function(func, types, args, kwargs or {}, self)


def begin(function: Callable[..., object], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Run what a new thread was started for, watched."""
    with Forwarding():
        set_profile(profiled)
        function(*args, **kwargs)


def install() -> None:
    """Have every thread that is started from now on watched, whoever starts it. To be called once a process."""
    sys.addaudithook(_audit)
    start = _thread.start_new_thread

    def start_new_thread(function: Any, args: Any, kwargs: Any = None) -> int:
        with _by_us():
            return start(begin, (function, args, kwargs or {}))

    for module in (_thread, threading):
        for name in ("start_new_thread", "_start_new_thread", "start_new"):
            if getattr(module, name, None) is not None:
                setattr(module, name, start_new_thread)
    joinable = getattr(_thread, "start_joinable_thread", None)
    if joinable is None:
        return

    def start_joinable_thread(function: Any, *args: Any, **kwargs: Any) -> Any:
        with _by_us():
            return joinable(lambda: begin(function, (), {}), *args, **kwargs)

    for module, name in ((_thread, "start_joinable_thread"), (threading, "_start_joinable_thread")):
        if hasattr(module, name):
            setattr(module, name, start_joinable_thread)
