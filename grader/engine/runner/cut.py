"""Cuts the flow: the needed functions answer in one call what they answered in another.

When nothing goes around them, what comes out is the other call's result, whatever the inputs are.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import FrameType
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from grader.engine.runner import threads
from grader.engine.runner.trace import Frames, caller, is_in_place, public_name
from grader.records.torch_names import covers


class Cut(TorchFunctionMode):  # type: ignore[misc]  # torch's class is untyped
    """In every second call, lets the named torch functions answer what they answered in the call before.

    `skip` calls are left alone at first. `own` as in `Tracer`.

    >>> cut = Cut(["torch.einsum"])
    >>> for x in (torch.ones(3), torch.zeros(3)):
    ...     with cut:
    ...         print(torch.einsum("i->", x).item(), x.sum().item())
    3.0 3.0
    3.0 0.0
    """

    def __init__(self, names: Iterable[str], skip: int = 0, own: str = "") -> None:
        super().__init__()
        self._wanted = tuple(names)
        self._frames = Frames(own)
        self._known: dict[str, bool] = {}
        self._calls = -skip
        self._answers: list[Any] = []
        self._used = 0
        self._apart = False
        self._before: threads.Watcher | None = None

    def __enter__(self) -> Cut:
        """Begin with the next call."""
        super().__enter__()
        self._used, self._apart = 0, False
        self._before = threads.watch(self)
        if self._recording:
            self._answers = []
        return self

    def __exit__(self, *reason: Any) -> None:
        threads.watch(self._before)
        super().__exit__(*reason)
        if self._answering and self._used != len(self._answers):
            self._apart = True
        self._calls += 1

    @property
    def _recording(self) -> bool:
        return self._calls >= 0 and self._calls % 2 == 0

    @property
    def _answering(self) -> bool:
        return self._calls >= 0 and self._calls % 2 == 1

    def outcome(self) -> str:
        """Return `apart` when the last call did not call the needed functions as the one before it."""
        return "apart" if self._apart else ""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return self.function(func, types, args, kwargs or {}, self)

    def event(self, frame: FrameType, event: str, argument: Any) -> None:
        """Take no notice."""

    def function(self, func: Any, types: Any, args: Any, kwargs: Any, mode: TorchFunctionMode) -> Any:
        """Do the work of a torch function, or answer for it."""
        result = func(*args, **kwargs)
        name = public_name(func)
        wanted = self._known.get(name)
        if wanted is None:
            wanted = self._known[name] = any(covers(want, name) for want in self._wanted)
        if not wanted or self._calls < 0:
            return result
        frame = caller()
        if frame is None or self._frames.owner(frame) == "outside":
            return result
        if self._recording:
            self._answers.append(_copied(result))
            return result
        return self._answered(result, kwargs.get("out") is not None or is_in_place(name))

    def _answered(self, result: Any, in_place: bool) -> Any:
        if self._used >= len(self._answers) or not _alike(result, self._answers[self._used]):
            self._apart = True
            return result
        answer = self._answers[self._used]
        self._used += 1
        if not in_place:
            return _copied(answer)
        _write(result, answer)
        return result


def _copied(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.detach().clone()
    if type(value) in (tuple, list):
        return type(value)(_copied(item) for item in value)
    if isinstance(value, tuple):
        return type(value)([_copied(item) for item in value])  # torch's named results
    return value


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, torch.Tensor):
        return isinstance(other, torch.Tensor) and one.shape == other.shape and one.dtype == other.dtype
    if isinstance(one, list | tuple):
        return isinstance(other, list | tuple) and len(one) == len(other) and all(map(_alike, one, other))
    return type(one) is type(other)


def _write(target: Any, answer: Any) -> None:
    if isinstance(target, torch.Tensor):
        target.data.copy_(answer)
    elif isinstance(target, list | tuple):
        for part, item in zip(target, answer, strict=True):
            _write(part, item)
