# Write your answers here and run `grader check init`; init.ipynb holds the same tasks with explanations.

from collections import Counter
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn


def init_constant(model: nn.Module, weight: float, bias: float) -> nn.Module:
    """Fill every nn.Linear of the model, subclasses included, with the two numbers; return the model."""
    raise NotImplementedError


def init_by_type(model: nn.Module, seed: int) -> None:
    """Initialise Conv2d (Kaiming uniform), Linear (Xavier uniform) and batch norms (1 and 0) in place, by the seed."""
    raise NotImplementedError


def apply_order(model: nn.Module) -> list[str]:
    """Return the class names of all modules in the order of `model.apply`."""
    raise NotImplementedError


def inject_weights(model: nn.Module, value: float) -> None:
    """Register a parameter W of one element with every module whose class name starts with F."""
    raise NotImplementedError


def add_repr(model: nn.Module, names: Mapping[str, str]) -> None:
    """Make the modules whose class name is a key of names show `name=<label>` in their repr."""
    raise NotImplementedError


def linear_transformation(model: nn.Module) -> None:
    """Turn every module whose class name starts with Function into x Wᵀ + b with its own W (n, n) and b (n,)."""
    raise NotImplementedError


def reset_all(model: nn.Module, seed: int) -> None:
    """Call reset_parameters wherever there is one, so that the new weights follow from the seed."""
    raise NotImplementedError


def count_by_type(model: nn.Module) -> dict[str, int]:
    """Return how often `model.apply` visits modules of each class name."""
    raise NotImplementedError
