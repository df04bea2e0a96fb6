# Write your answers here and run `grader check autograd`; autograd.ipynb holds the same tasks with explanations.

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn


def two_layer_grads(x: Tensor, y: Tensor, w1: Tensor, w2: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return loss (0-d), grad_w1 (like w1) and grad_w2 (like w2) for x (n, i), y (n, o), w1 (i, h), w2 (h, o).

    The loss is sum((relu(x w1) w2 - y)²), and relu's gradient at 0 is 0. Without `torch.autograd`, `torch.func` and
    `backward`.
    """
    raise NotImplementedError


class ReLU(torch.autograd.Function):
    """max(x, 0) for a floating x of any shape, with gradient 0 where x <= 0.

    Neither x nor the gradient that backward receives changes, and the gradient can itself be differentiated.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        raise NotImplementedError

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> Tensor:
        raise NotImplementedError


class StraightThroughSign(torch.autograd.Function):
    """1 where x >= 0 and -1 elsewhere, in x's dtype; the gradient passes where |x| <= 1."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        raise NotImplementedError

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> Tensor:
        raise NotImplementedError


def accumulated_step(
    model: nn.Module,
    batches: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
) -> None:
    """Make one optimizer step from at least one (x, y): the batches' mean losses, weighted by len(x), averaged.

    That equals the step on all the data at once. `batches` can be read only once. Gradients that are left from before,
    in the model or in other parameters of the optimizer, play no part.
    """
    raise NotImplementedError


def jacobian_rows(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Return the Jacobian (m, n) of f at x (n,), in x's dtype, row by row in reverse mode.

    Outputs that do not depend on x give rows of zeros; m or n may be 0. Without `torch.autograd.functional.jacobian`,
    `torch.func.jacrev`, `jacfwd` and `jvp`, and other forward mode.
    """
    raise NotImplementedError


def detached_mean_loss(
    model: nn.Module, batches: Iterable[tuple[Tensor, Tensor]], loss_fn: Callable[[Tensor, Tensor], Tensor]
) -> float:
    """Return the mean of loss_fn(model(x), y), itself a mean, over batches of equal size; 0.0 when there is none.

    The model works as in evaluation, and its predictions do not require grad. Afterwards every module is in the mode
    it was in, and the grad mode is as before, also when the model raises.
    """
    raise NotImplementedError
