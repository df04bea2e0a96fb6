"""Tells which line of a submission brought a tensor to the CPU, while it is called on a simulated device."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from grader.engine.runner.elsewhere import Elsewhere, MixedDevices, call, tensors_in
from grader.engine.runner.execute import place_in
from grader.engine.runner.moving import Moving
from grader.engine.runner.trace import Frames, caller, public_name
from grader.records.simulations import How, Origin


class Origins(TorchFunctionMode):  # type: ignore[misc]  # torch's class is untyped
    """Notes of each tensor on the CPU which call of the submission made it or moved it there.

    `own` is the submission's file name, `moving` what moved modules. `met` is the origin of the tensor that met one of
    another device, if one did.
    """

    def __init__(self, own: str, moving: Moving) -> None:
        super().__init__()
        self._own = own
        self._moving = moving
        self._frames = Frames(own)
        self._known: dict[int, tuple[torch.Tensor, Origin]] = {}
        """By the tensor's identity, which the tensor beside it keeps from being another's."""
        self.met: Origin | None = None

    def of(self, tensor: torch.Tensor) -> Origin | None:
        """Return where a tensor on the CPU comes from, if a call was seen that made it."""
        known = self._known.get(id(tensor))
        return known[1] if known else None

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Do the work of a torch function, and note what it brings to the CPU."""
        kwargs = kwargs or {}
        given = list(tensors_in((args, tuple(kwargs.values()))))
        try:
            result = call(func, args, kwargs)
        except MixedDevices:
            self.met = self._stranger(func, given)
            raise
        self.met = None  # it caught what was raised, and went on
        if func is torch.ops.aten.lift_fresh.default:  # of no name that anybody wrote: `from_numpy` ends in it
            return result
        for tensor in tensors_in(result):
            if _on_cpu(tensor) and not any(tensor is one for one in given):
                self._known[id(tensor)] = tensor, self._origin(func, given)
        return result

    def _origin(self, func: Callable[..., Any], given: list[torch.Tensor]) -> Origin:
        before = [origin for tensor in given if (origin := self.of(tensor)) is not None]
        if before:
            return before[0]
        if not all(_on_cpu(tensor) for tensor in given):
            return self._here("moved", func)
        return self._here("kept" if given else "made", func)

    def _stranger(self, func: Callable[..., Any], given: list[torch.Tensor]) -> Origin:
        """Return the origin of the tensor that met others: a number beside them may be anywhere, so not of a scalar."""
        for tensor in given:
            if _on_cpu(tensor) and (tensor.dim() or len(given) == 2):
                return self._left(tensor, func) or self.of(tensor) or self._here("kept", func)
        return self._here("kept", func)

    def _left(self, tensor: torch.Tensor, func: Callable[..., Any]) -> Origin | None:
        """Return the origin of a tensor that a module left behind when it was moved."""
        name, in_module = self._moving.left_behind(tensor)
        return self._here("unregistered" if in_module else "left", func, name) if name else None

    def _here(self, how: How, func: Callable[..., Any], name: str = "") -> Origin:
        frame: FrameType | None = caller()
        while frame is not None and self._frames.owner(frame) != "own":
            frame = frame.f_back
        line, cell = (None, None) if frame is None else place_in(frame.f_code.co_filename, frame.f_lineno, self._own)
        return Origin(how, name or public_name(func), line, cell)


def _on_cpu(tensor: torch.Tensor) -> bool:
    return not isinstance(tensor, Elsewhere)
