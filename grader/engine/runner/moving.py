"""Moves a module to the simulated device before its author's probe calls it, as `module.to(device)` does.

What a module holds beside its parameters, buffers and submodules stays behind, as it does there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any, Self

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_pre_hook

from grader.engine.runner.elsewhere import DEVICE, Elsewhere, tensors_in
from grader.engine.runner.trace import Frames

_TORCHS = frozenset(vars(nn.Module()))
"""Attributes in which torch keeps what it moves."""


class Moving:
    """Moves each module that is called with tensors on the device by other code than the submission's.

    What the submission calls itself it moves itself. `own` is the submission's file name.
    """

    def __init__(self, own: str) -> None:
        self._frames = Frames(own)
        self._moved: list[nn.Module] = []

    def __enter__(self) -> Self:
        self._hook = register_module_forward_pre_hook(self._before)
        return self

    def __exit__(self, *_: object) -> None:
        self._hook.remove()

    def left_behind(self, tensor: torch.Tensor) -> tuple[str, bool]:
        """Return the attribute of a moved module that holds a tensor though nothing moves it, and whether in modules.

        Empty where there is none.
        """
        for module in self._moved:
            for one in module.modules():
                for name, held in list(vars(one).items()):
                    owner = (
                        None if name in _TORCHS else next((by for by, found in _held(held) if found is tensor), None)
                    )
                    if owner is not None:
                        return f"self.{name}", owner
        return "", False

    def _before(self, module: nn.Module, args: tuple[Any, ...]) -> None:
        if not any(isinstance(tensor, Elsewhere) for tensor in tensors_in(args)) or self._is_own(sys._getframe(1)):
            return
        if any(not isinstance(tensor, Elsewhere) for tensor in (*module.parameters(), *module.buffers())):
            module.to(DEVICE)
        if not any(module is one for one in self._moved):
            self._moved.append(module)

    def _is_own(self, frame: FrameType | None) -> bool:
        """Whether the submission's code made the call in this frame of torch's."""
        while frame is not None and self._frames.owner(frame) == "torch":
            frame = frame.f_back
        return frame is not None and self._frames.owner(frame) == "own"


def _held(thing: Any, depth: int = 0) -> Iterator[tuple[bool, torch.Tensor]]:
    """Yield the tensors that an attribute holds in no way that torch knows, and whether a module holds them there."""
    if isinstance(thing, torch.Tensor):
        yield False, thing
    elif isinstance(thing, nn.Module):
        yield from ((True, tensor) for tensor in (*thing.parameters(), *thing.buffers()))
    elif isinstance(thing, list | tuple | dict) and depth < 3:
        for item in dict.values(thing) if isinstance(thing, dict) else thing:
            yield from _held(item, depth + 1)
