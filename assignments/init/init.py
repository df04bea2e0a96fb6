# Write your answers here and run `grader check init`; init.ipynb holds the same tasks with explanations.

from collections import Counter
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn


def init_constant(model: nn.Module, weight: float, bias: float) -> nn.Module:
    """Fill every nn.Linear of the model, subclasses included, with the two numbers; return the model.

    With `apply`, at any depth. The parameters stay the same objects, and a frozen one stays frozen; a Linear may have
    no bias.
    """
    raise NotImplementedError


def init_by_type(model: nn.Module, seed: int) -> None:
    """Initialise Conv2d (Kaiming uniform), Linear (Xavier uniform) and batch norms (1 and 0) in place, by the seed.

    With `apply`; Kaiming with fan_in for relu, the biases of Conv2d and Linear 0. Other modules stay as they are, the
    same seed gives the same weights, and the global random generators are left as they were.
    """
    raise NotImplementedError


def apply_order(model: nn.Module) -> list[str]:
    """Return the class names of all modules in the order of `model.apply`, without calling `apply`.

    A module that two parents hold comes as often as `apply` visits it.
    """
    raise NotImplementedError


def inject_weights(model: nn.Module, value: float) -> None:
    """Register a parameter W of one element, the float value, with every module whose class name starts with F.

    With `apply`. A W that is None there, as an attribute or as a registered parameter, is replaced; each module has a
    parameter of its own, and other modules stay untouched.
    """
    raise NotImplementedError


def add_repr(model: nn.Module, names: Mapping[str, str]) -> None:
    """Make the modules whose class name is a key of names show `name=<label>` in their repr.

    With `apply`, and by changing instances only: every other module looks as before.
    """
    raise NotImplementedError


def linear_transformation(model: nn.Module) -> None:
    """Turn every module whose class name starts with Function into x Wᵀ + b with its own W (n, n) and b (n,).

    With `apply`; n is the module's int attribute `features`, and both parameters are ones. Any leading dimensions, and
    the values that W and b have at the call.
    """
    raise NotImplementedError


def reset_all(model: nn.Module, seed: int) -> None:
    """Call reset_parameters wherever there is one, so that the new weights follow from the seed.

    Whatever the module's class, and wherever the random generators stood; the global one may move.
    """
    raise NotImplementedError


def count_by_type(model: nn.Module) -> dict[str, int]:
    """Return how often `model.apply` visits modules of each class name, as a dict.

    With `apply`; a module with two parents is visited twice.
    """
    raise NotImplementedError
