# Write your answers here and run `grader check buffers`; buffers.ipynb holds the same tasks with explanations.

from collections.abc import Sequence

import torch
from torch import Tensor, nn


class Duck(nn.Module):
    """Multiplies x of any shape by the buffer `duck`, a float tensor [7.]; it has no parameters."""

    duck: Tensor

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class RunningMean(nn.Module):
    """Subtracts a running mean of its batches (N, features), kept in the buffers `mean` and `steps`.

    In training mode a batch first updates mean, zeros (features,) at the start, to
    (1 - momentum) * mean + momentum * batch mean, and steps, a 0-d int64 tensor, by one; in evaluation nothing is
    updated. No gradient flows through the mean, and it carries no graph from one batch into the next.
    """

    mean: Tensor
    steps: Tensor

    def __init__(self, features: int, momentum: float = 0.1) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class PositionalEncoding(nn.Module):
    """Adds the sine and cosine of each position to x (B, T, dim), T at most max_len.

    Column 2i of `table` is sin(t / 10000^(2i/dim)) at step t, column 2i + 1 the cosine of the same angle; dim may be
    odd. `table` is a non-persistent buffer of shape (max_len, dim) or (1, max_len, dim). A greater T raises ValueError.
    """

    table: Tensor

    def __init__(self, max_len: int, dim: int) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class Normalizer(nn.Module):
    """Normalises x (B, C, H, W) by channel, (x - mean) / std, with the buffers `mean` and `std`.

    Both are given as lists of floats or as tensors (C,).
    """

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
    """Return the sort of every tensor attribute that the module itself holds, by name.

    The sorts are "parameter", "buffer", "non_persistent_buffer" and "tensor", a plain attribute. What submodules hold
    and what is registered as None is left out.
    """
    raise NotImplementedError
