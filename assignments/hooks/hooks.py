# Write your answers here and run `grader check hooks`; hooks.ipynb holds the same tasks with explanations.

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn


class Package:
    """Runs programs (functions of one value) one after the other, with hooks around each of them."""

    def __init__(self, programs: Iterable[Callable[[Any], Any]]) -> None:
        raise NotImplementedError

    def add_pre_hook(self, f: Callable[[Any], Any]) -> Any:
        """Call f with the input of each program; return a handle with remove()."""
        raise NotImplementedError

    def add_hook(self, f: Callable[[Any], Any]) -> Any:
        """Call f with the output of each program; return a handle with remove()."""
        raise NotImplementedError

    def __call__(self, x: Any) -> Any:
        raise NotImplementedError


def capture_activations(model: nn.Module, names: Sequence[str], x: Tensor) -> dict[str, Tensor]:
    """Return {name: output} of the named submodules (names as `named_modules` gives them) in one model(x)."""
    raise NotImplementedError


def capture_gradients(model: nn.Module, x: Tensor) -> dict[str, Tensor]:
    """Return {name: gradient of model(x).sum() with respect to the output} of every leaf module."""
    raise NotImplementedError


def record_call(module: nn.Module) -> tuple[list[Tensor], Any]:
    """Return (list, handle): the list is filled with x1, x2 and the output when the module is called."""
    raise NotImplementedError


def add_five(module: nn.Module, args: tuple[Any, ...], output: Tensor) -> Tensor:
    """Make the module's result its output plus 5, and change no tensor in place."""
    raise NotImplementedError


def unit_gradients(
    module: nn.Module, grad_input: tuple[Tensor | None, ...], grad_output: tuple[Tensor | None, ...]
) -> tuple[Tensor | None, ...]:
    """Return the gradients of the inputs divided by their sum, None where there is none."""
    raise NotImplementedError


def record_weight_gradient(parameter: nn.Parameter) -> tuple[list[Tensor], Any]:
    """Return (list, handle): the list collects the gradient of each backward on its own, not their sum."""
    raise NotImplementedError


def scale_input(module: nn.Module, factor: float) -> Any:
    """Return the handle of a pre-hook that multiplies the module's first positional input by factor."""
    raise NotImplementedError


def clip_gradients(model: nn.Module, limit: float) -> list[Any]:
    """Return the handles of hooks that clamp every new gradient of the model's parameters into [-limit, limit]."""
    raise NotImplementedError


class GradientAlarm:
    """A context manager; `fired` is the sorted list of names for the latest backward, empty before the first."""

    def __init__(self, model: nn.Module, threshold: float) -> None:
        raise NotImplementedError

    def __enter__(self) -> "GradientAlarm":
        raise NotImplementedError

    def __exit__(self, *error: Any) -> None:
        raise NotImplementedError
