"""Changes what named torch functions return to a submission: a result that depends on them changes too."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from grader.engine.runner.trace import Frames, caller, is_in_place, public_name
from grader.records.torch_names import covers, is_class_name, is_tensor_class, rooted


class Perturber(TorchFunctionMode):  # type: ignore[misc]  # torch's class is untyped
    """Change what the named torch functions return to the submission, to see whether its result depends on them.

    Equal calls are changed equally (a difference of two equal calls stays 0), and different results
    differently. Dtype, shape and gradient path are kept; what works in place is changed in place. A method of another
    class than Tensor (`torch.nn.Module.apply`) is left out instead. Seed 0 changes floating values by so little that
    `torch.allclose` with its defaults does not see it.
    `changed` counts the elements touched: 0 tells that the run says nothing. `own` as in `Tracer`.

    >>> with Perturber(["torch.einsum"]) as perturber:
    ...     total = torch.einsum("i->", torch.ones(3))
    >>> bool(total == 3), perturber.changed
    (False, 1)
    """

    def __init__(self, names: Iterable[str], seed: int = 1, own: str = "") -> None:
        super().__init__()
        self._wanted = tuple(names)
        self._seed = seed
        self._frames = Frames(own)
        self._known: dict[str, bool] = {}
        self._replaced: list[tuple[type, str, Any]] = []
        self.changed = 0

    def __enter__(self) -> Perturber:
        super().__enter__()
        for name in self._wanted:
            owner, member = _method(name)
            if owner is not None:
                self._replaced.append((owner, member, getattr(owner, member)))
                setattr(owner, member, self._left_out(getattr(owner, member)))
        return self

    def __exit__(self, *reason: Any) -> None:
        while self._replaced:
            setattr(*self._replaced.pop())
        super().__exit__(*reason)

    def _left_out(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """A method that does nothing for the submission and gives back its object; others get the real one."""

        def instead(held: Any, *args: Any, **kwargs: Any) -> Any:
            if self._frames.owner(sys._getframe(1)) != "own":
                return method(held, *args, **kwargs)
            self.changed += 1
            return held

        return instead

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        name = public_name(func)
        wanted = self._known.get(name)
        if wanted is None:
            wanted = self._known[name] = any(covers(want, name) for want in self._wanted)
        if not wanted:
            return result
        frame = caller()
        if frame is None or self._frames.owner(frame) == "outside":
            return result
        in_place = (kwargs or {}).get("out") is not None or is_in_place(name)
        return self._change(result, in_place)

    def _change(self, value: Any, in_place: bool) -> Any:
        if isinstance(value, torch.Tensor):
            return self._change_tensor(value, in_place)
        if type(value) in (tuple, list):
            return type(value)(self._change(item, in_place) for item in value)
        if isinstance(value, tuple):
            return type(value)([self._change(item, in_place) for item in value])  # torch's named results
        return value

    def _change_tensor(self, value: torch.Tensor, in_place: bool) -> torch.Tensor:
        if value.numel() == 0:
            return value
        self.changed += value.numel()
        if not in_place:
            return self._changed(value)
        value.data.copy_(self._changed(value.data))  # .data: a tensor saved for backward stays usable
        return value

    def _changed(self, value: torch.Tensor) -> torch.Tensor:
        if value.dtype == torch.bool:
            return ~value
        if not value.dtype.is_floating_point and not value.dtype.is_complex:
            return value + 1
        if self._seed == 0:
            return value * (1 + 2e-6) + 4e-9
        step = torch.arange(value.numel(), device=value.device).add_(self._seed).remainder_(7).view(value.shape)
        return value * 1.125 + (step * 0.03125 + 1.5).to(value.dtype)  # survives a cast to int64


def _method(name: str) -> tuple[type | None, str]:
    """The class and member that a dotted name means, or no class when it is a function or a Tensor's method."""
    parent, _, member = rooted(name).rpartition(".")
    if not is_class_name(parent.rpartition(".")[2]) or is_tensor_class(parent.rpartition(".")[2]):
        return None, member
    found: Any = torch
    for part in parent.split(".")[1:]:
        found = getattr(found, part)
    return found, member
