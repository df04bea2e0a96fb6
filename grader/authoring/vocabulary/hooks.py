"""Hooks on modules and parameters: which are there, and hooks of somebody else that must survive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import nn


def hooks_on(model: nn.Module) -> dict[str, int]:
    """Return how many hooks hang on a model's modules and parameters, and on all modules globally, where there are any.

    >>> from torch import nn
    >>> model = nn.Sequential(nn.ReLU(), nn.Linear(1, 1))
    >>> handle = model[0].register_forward_hook(lambda module, args, output: None)
    >>> hook = model[1].weight.register_hook(lambda gradient: None)
    >>> hooks_on(model)
    {'0: forward_hooks': 1, '1.weight: backward_hooks': 1}
    """
    return {f"{place}: {kind.strip('_')}": len(held) for place, kind, held in _places(model) if held}


def _places(model: nn.Module) -> Iterator[tuple[str, str, Any]]:
    from torch.nn.modules import module as globals_of_torch

    for name, module in model.named_modules():
        for kind, held in vars(module).items():
            if kind.endswith("_hooks") and isinstance(held, dict):
                yield name or "the model", kind, held
    for name, parameter in model.named_parameters():
        for kind in ("_backward_hooks", "_post_accumulate_grad_hooks"):
            yield name, kind, getattr(parameter, kind, None)
    for kind, held in vars(globals_of_torch).items():
        if kind.startswith("_global_") and kind.endswith("_hooks") and isinstance(held, dict):
            yield "all modules", kind, held


class Bystanders:
    """Hooks of somebody else on every module and trainable parameter of a model; they count and change nothing.

    `counts` maps "inputs", "outputs" and "gradients" to how often each kind ran. Whoever clears hooks that are not
    his own silences them; the counts of a later forward and backward tell.

    >>> import torch
    >>> from torch import nn
    >>> model = nn.Linear(2, 1)
    >>> others = Bystanders(model)
    >>> model(torch.ones(3, 2)).sum().backward()
    >>> others.counts
    {'inputs': 1, 'outputs': 1, 'gradients': 2}
    """

    def __init__(self, model: nn.Module) -> None:
        self.counts = {"inputs": 0, "outputs": 0, "gradients": 0}
        for module in model.modules():
            module.register_forward_pre_hook(lambda _module, _args: self._count("inputs"))
            module.register_forward_hook(lambda _module, _args, _output: self._count("outputs"))
        for parameter in model.parameters():
            if parameter.requires_grad:
                parameter.register_hook(lambda _gradient: self._count("gradients"))

    def _count(self, kind: str) -> None:
        self.counts[kind] += 1
