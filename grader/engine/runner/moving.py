"""Moves a module to a device before its author's probe calls it there, as `module.to(device)` does.

What a module holds beside its parameters, buffers and submodules stays behind.
"""

from __future__ import annotations

import contextlib
import os
import sys
import weakref
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import Any, Self

import torch
from torch import nn
from torch.nn.modules.module import (
    register_module_buffer_registration_hook,
    register_module_forward_pre_hook,
    register_module_parameter_registration_hook,
)

from grader.engine.runner.elsewhere import DEVICE, Elsewhere, tensors_in
from grader.engine.runner.trace import Frames
from grader.records.simulations import Origin

_RUNNER = os.path.dirname(os.path.abspath(__file__)) + os.sep
"""Where what calls the probe lies."""
_TORCHS = frozenset(vars(nn.Module()))
"""Attributes in which torch keeps what it moves."""


class Moving:
    """Moves each module that is called with tensors on the device by other code than the submission's.

    What the submission calls it moves itself, but for what it did not build: that was handed to it, or is a copy of
    such, and is moved as the submission comes to it. `own` is the submission's file name.
    """

    def __init__(self, own: str, device: torch.device = DEVICE) -> None:
        self._frames = Frames(own)
        self._device = device
        self._moved: list[nn.Module] = []
        self._own: weakref.WeakSet[nn.Module] = weakref.WeakSet()
        """Modules that the submission's code gave tensors to."""
        self._replaced: list[torch.Tensor] = []
        """Parameters that modules held before others were put in their place: whoever keeps one cannot be blamed."""

    def __enter__(self) -> Self:
        self._hooks = contextlib.ExitStack()
        for hook in (
            register_module_forward_pre_hook(self._before),
            register_module_parameter_registration_hook(self._registered),
            register_module_buffer_registration_hook(self._registered),
        ):
            self._hooks.callback(hook.remove)
        return self

    def __exit__(self, *_: object) -> None:
        self._hooks.close()

    def is_sure(self, origin: Origin | None) -> bool:
        """Say whether a tensor of this origin would be on the CPU too where parameters can be moved in place."""
        return not self._replaced or (origin is not None and origin.how != "kept")

    def left_behind(self, tensor: torch.Tensor) -> tuple[str, bool]:
        """Return the attribute of a moved module that holds a tensor though nothing moves it, and whether in modules.

        Empty where there is none.
        """
        if any(tensor is one for one in self._replaced):
            return "", False
        for module in self._moved:
            for one in module.modules():
                for name, held in list(vars(one).items()):
                    owner = (
                        None if name in _TORCHS else next((by for by, found in _held(held) if found is tensor), None)
                    )
                    if owner is not None:
                        return f"self.{name}", owner
        return "", False

    def _registered(self, module: nn.Module, name: str, tensor: object) -> None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and not frame.f_code.co_filename.startswith(_RUNNER):
            if self._frames.owner(frame) == "own":
                self._own.add(module)
                return
            frame = frame.f_back

    def _before(self, module: nn.Module, args: tuple[Any, ...]) -> None:
        if not any(tensor.device.type == self._device.type for tensor in tensors_in(args)):
            return
        if self._is_own(sys._getframe(1)):
            for one in module.modules():
                if one not in self._own:
                    self._move(one, whole=False)
            return
        self._move(module, whole=True)
        if not any(module is one for one in self._moved):
            self._moved.append(module)

    def _move(self, module: nn.Module, *, whole: bool) -> None:
        held = (*module.parameters(recurse=whole), *module.buffers(recurse=whole))
        if all(tensor.device.type == self._device.type for tensor in held):
            return
        try:
            with torch.inference_mode(False):  # whoever calls in that mode does not move modules in it
                module._apply(lambda tensor: tensor.to(self._device), recurse=whole)
        except RuntimeError:  # a simulated device needs other objects, and a graph may hold those that are there
            if self._device != DEVICE:
                raise
            self._replaced += _replace(module.modules() if whole else [module])

    def _is_own(self, frame: FrameType | None) -> bool:
        """Whether the submission's code made the call in this frame of torch's."""
        while frame is not None and self._frames.owner(frame) == "torch":
            frame = frame.f_back
        return frame is not None and self._frames.owner(frame) == "own"


def _replace(modules: Iterable[nn.Module]) -> list[torch.Tensor]:
    """Put other tensors, on the device, in place of what modules hold; return the parameters that they held."""
    before: list[torch.Tensor] = []
    others: dict[int, nn.Parameter] = {}
    for module in modules:
        for name, parameter in module._parameters.items():
            if parameter is not None and not isinstance(parameter, Elsewhere):
                before.append(parameter)
                there = nn.Parameter(Elsewhere(parameter.detach()), parameter.requires_grad)
                module._parameters[name] = others.setdefault(id(parameter), there)
        for name, buffer in module._buffers.items():
            module._buffers[name] = None if buffer is None else buffer.to(DEVICE)
    return before


def _held(thing: Any, depth: int = 0) -> Iterator[tuple[bool, torch.Tensor]]:
    """Yield the tensors that an attribute holds in no way that torch knows, and whether a module holds them there."""
    if isinstance(thing, torch.Tensor):
        yield False, thing
    elif isinstance(thing, nn.Module):
        yield from ((True, tensor) for tensor in (*thing.parameters(), *thing.buffers()))
    elif isinstance(thing, list | tuple | dict) and depth < 3:
        for item in dict.values(thing) if isinstance(thing, dict) else thing:
            yield from _held(item, depth + 1)
