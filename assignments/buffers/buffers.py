# Write your answers here and run `grader check buffers`; buffers.ipynb holds the same tasks with explanations.

from collections.abc import Sequence

import torch
from torch import Tensor, nn


class Duck(nn.Module):
    """Multiplies x of any shape by the buffer `duck`."""

    duck: Tensor

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class RunningMean(nn.Module):
    """Subtracts a running mean of its batches (N, features), kept in the buffers `mean` and `steps`."""

    mean: Tensor
    steps: Tensor

    def __init__(self, features: int, momentum: float = 0.1) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class PositionalEncoding(nn.Module):
    """Adds the sine and cosine of each position to x (B, T, dim), T at most max_len."""

    table: Tensor

    def __init__(self, max_len: int, dim: int) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class Normalizer(nn.Module):
    """Normalises x (B, C, H, W) by channel with the buffers `mean` and `std`."""

    mean: Tensor
    std: Tensor

    def __init__(self, mean: Sequence[float] | Tensor, std: Sequence[float] | Tensor) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError

    def denormalize(self, x: Tensor) -> Tensor:
        """Return the x that forward makes this of."""
        raise NotImplementedError


def classify_tensors(module: nn.Module) -> dict[str, str]:
    """Return the sort of every tensor attribute that the module itself holds, by name."""
    raise NotImplementedError
