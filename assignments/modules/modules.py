# Write your answers here and run `grader check modules`; modules.ipynb holds the same tasks with explanations.

from collections.abc import Sequence

import torch
from torch import Tensor, nn


class Linear(nn.Module):
    """Maps x (..., in_features) to (..., out_features) by the parameters W and b."""

    def __init__(self, in_features: int, out_features: int) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class Add(nn.Module):
    """Gives x + value."""

    def __init__(self, value: float) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


def sequential_calculator() -> nn.Sequential:
    """Return a Sequential of plus1, plus2 and plus3, which add 3, 2 and 5."""
    raise NotImplementedError


class ListCalculator(nn.Module):
    """Applies the modules of `add_list` in the order 1, 0, 2."""

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class DictCalculator(nn.Module):
    """Applies the modules of `add_dict` in the order add3, add2, add5."""

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class Calculator(nn.Module):
    """Adds 3 ("add") or subtracts 3 ("sub")."""

    def __init__(self, cal_type: str) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class MLP(nn.Module):
    """Linear layers between neighbouring sizes (two or more), with ReLU between them."""

    def __init__(self, sizes: Sequence[int]) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


def count_parameters(model: nn.Module) -> dict[str, int]:
    """Return the element counts `total`, `trainable` and `buffers` of a model."""
    raise NotImplementedError


def submodule_names(model: nn.Module, deep: bool) -> list[str]:
    """Return the names of the children, or with `deep` the dotted names of all descendants."""
    raise NotImplementedError


def get_submodule_at(model: nn.Module, path: str) -> nn.Module:
    """Return the module at a dotted path below the model."""
    raise NotImplementedError


class LazyScale(nn.Module):
    """Scales the features of x (..., features) by a parameter that the first forward makes."""

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class Scaled(nn.Module):
    """Gives (x + W1) * duck / W2."""

    duck: Tensor

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class ReprBox(nn.Module):
    """A module that shows its width and height when it is printed."""

    def __init__(self, width: float, height: float) -> None:
        raise NotImplementedError

    def extra_repr(self) -> str:
        """Return what the printed module shows between its parentheses."""
        raise NotImplementedError
