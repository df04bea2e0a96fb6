# Write your answers here and run `grader check modules`; modules.ipynb holds the same tasks with explanations.

from collections.abc import Sequence

import torch
from torch import Tensor, nn


class Linear(nn.Module):
    """Maps x (..., in_features) to (..., out_features): x Wᵀ + b.

    The parameters W (out_features, in_features) and b (out_features,) are ones at the start. Without `nn.Linear` and
    `nn.functional.linear`.
    """

    def __init__(self, in_features: int, out_features: int) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class Add(nn.Module):
    """Gives x + value; integers plus an integer stay integers."""

    def __init__(self, value: float) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


def sequential_calculator() -> nn.Sequential:
    """Return a Sequential of plus1, plus2 and plus3, which add 3, 2 and 5."""
    raise NotImplementedError


class ListCalculator(nn.Module):
    """Applies the modules of `add_list`, an `nn.ModuleList` of Add(2), Add(3) and Add(5), in the order 1, 0, 2.

    A module that is put into `add_list` later is used.
    """

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class DictCalculator(nn.Module):
    """Applies the modules of `add_dict`, an `nn.ModuleDict`, in the order add3, add2, add5.

    Its keys are `add2`, `add3` and `add5`, each of which adds its number.
    """

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class Calculator(nn.Module):
    """Adds 3 ("add") or subtracts 3 ("sub").

    Any other word raises ValueError with the word in its message, when the module is made or when it is called.
    """

    def __init__(self, cal_type: str) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class MLP(nn.Module):
    """Linear layers between neighbouring sizes (two or more), with ReLU between them and none after the last.

    The `nn.ModuleList` `layers` holds them and nothing else. After a forward, `shapes` lists the shape of each layer's
    output in that forward.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


def count_parameters(model: nn.Module) -> dict[str, int]:
    """Return the element counts `total`, `trainable` and `buffers` of a model.

    They count all parameters, those that require grad, and all buffers; what two modules share counts once.
    """
    raise NotImplementedError


def submodule_names(model: nn.Module, deep: bool) -> list[str]:
    """Return the names of the children, or with `deep` the dotted names of all descendants.

    They come in the order of `named_modules`, a module that is there twice once, and without the model itself.
    """
    raise NotImplementedError


def get_submodule_at(model: nn.Module, path: str) -> nn.Module:
    """Return the module at a dotted path below the model; "" is the model itself.

    A name that does not exist or is no module's raises AttributeError with that name in its message. Without
    `get_submodule`.
    """
    raise NotImplementedError


class LazyScale(nn.Module):
    """Scales the features of x (..., features) by a parameter that the first forward makes, all ones.

    From then on it is in the state_dict and can be trained, and another number of features raises an error.
    """

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class Scaled(nn.Module):
    """Gives (x + W1) * duck / W2, with parameters W1 = 3 and W2 = 5 and the buffer duck = 7, of one element each.

    They are its own: it neither holds nor builds another module.
    """

    duck: Tensor

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class ReprBox(nn.Module):
    """A module that shows its width and height when it is printed: `ReprBox(width=3, height=4)`."""

    def __init__(self, width: float, height: float) -> None:
        raise NotImplementedError

    def extra_repr(self) -> str:
        """Return what the printed module shows between its parentheses."""
        raise NotImplementedError
