# Write your answers here and run `grader check hooks`; hooks.ipynb holds the same tasks with explanations.

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn


class Package:
    """Runs programs (functions of one value) one after the other, with hooks around each of them.

    Pre-hooks see a program's input and hooks its output, in the order in which they were added. What a hook returns
    replaces the value, unless it is None. A hook may be removed during the run, even by itself: it is no longer called
    from then on, and the others are not disturbed.
    """

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
    """Return {name: output} of the named submodules (names as `named_modules` gives them) in one model(x).

    The outputs are detached, hold what the module gave though a later layer changes it in place, and are the last of a
    module that is called twice. None of your hooks is left, also when forward raises, and all others are. An unknown
    name raises KeyError before anything runs.
    """
    raise NotImplementedError


def capture_gradients(model: nn.Module, x: Tensor) -> dict[str, Tensor]:
    """Return {name: gradient of model(x).sum() with respect to the output} of every leaf module.

    It is what a full backward hook gets as grad_output[0], of modules without parameters too. No parameter's `.grad`
    changes, and none of your hooks is left.
    """
    raise NotImplementedError


def record_call(module: nn.Module) -> tuple[list[Tensor], Any]:
    """Return (list, handle): the list is filled with x1, x2 and the output when the module is called.

    handle.remove() takes away both hooks, and none of anybody else.
    """
    raise NotImplementedError


def add_five(module: nn.Module, args: tuple[Any, ...], output: Tensor) -> Tensor:
    """Make the module's result its output plus 5, and change no tensor in place."""
    raise NotImplementedError


def unit_gradients(
    module: nn.Module, grad_input: tuple[Tensor | None, ...], grad_output: tuple[Tensor | None, ...]
) -> tuple[Tensor | None, ...]:
    """Return the gradients of the inputs divided by their sum, None where there is none.

    A full backward hook for a module with two inputs of one element each; the sum is not 0.
    """
    raise NotImplementedError


def record_weight_gradient(parameter: nn.Parameter) -> tuple[list[Tensor], Any]:
    """Return (list, handle): the list collects the gradient of each backward on its own, not their sum.

    No gradient is changed, what was collected stays as it was, and nothing is after handle.remove().
    """
    raise NotImplementedError


def scale_input(module: nn.Module, factor: float) -> Any:
    """Return the handle of a pre-hook that multiplies the module's first positional input by factor.

    Further inputs pass through, two such hooks on one module multiply, and removing one brings back what was before.
    """
    raise NotImplementedError


def clip_gradients(model: nn.Module, limit: float) -> list[Any]:
    """Return the handles of hooks that clamp every new gradient of the model's parameters into [-limit, limit].

    There is a tensor hook on each parameter that requires grad; it acts before the gradient is added to `.grad`.
    """
    raise NotImplementedError


class GradientAlarm:
    """A context manager; `fired` is the sorted list of names for the latest backward, empty before the first.

    Named are the parameters whose gradient in that backward alone has a norm greater than the threshold. After the
    block none of your hooks is left, also when it raises.
    """

    def __init__(self, model: nn.Module, threshold: float) -> None:
        raise NotImplementedError

    def __enter__(self) -> "GradientAlarm":
        raise NotImplementedError

    def __exit__(self, *error: Any) -> None:
        raise NotImplementedError
