from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn

def two_layer_grads(x: Tensor, y: Tensor, w1: Tensor, w2: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return loss (0-d), grad_w1 (like w1) and grad_w2 (like w2) for x (n, i), y (n, o), w1 (i, h), w2 (h, o)."""
    ### BEGIN SOLUTION
    hidden = x @ w1
    active = hidden.clamp(min=0)
    error = active @ w2 - y
    grad_w2 = active.T @ (2 * error)
    grad_hidden = (2 * error) @ w2.T * (hidden > 0)
    return (error * error).sum(), x.T @ grad_hidden, grad_w2
    ### END SOLUTION

class ReLU(torch.autograd.Function):
    """max(x, 0) for a floating x of any shape, with gradient 0 where x <= 0."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        ctx.save_for_backward(x)
        return x.clamp(min=0)
        ### END SOLUTION

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        (x,) = ctx.saved_tensors
        return torch.where(x > 0, grad_output, 0)
        ### END SOLUTION

class StraightThroughSign(torch.autograd.Function):
    """1 where x >= 0 and -1 elsewhere, in x's dtype; the gradient passes where |x| <= 1."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        ctx.save_for_backward(x)
        return torch.ones_like(x).masked_fill(x < 0, -1)
        ### END SOLUTION

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        (x,) = ctx.saved_tensors
        return grad_output * (x.abs() <= 1)
        ### END SOLUTION

def accumulated_step(
    model: nn.Module,
    batches: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
) -> None:
    """Make one optimizer step from at least one (x, y): the batches' mean losses, weighted by len(x), averaged."""
    ### BEGIN SOLUTION
    batches = list(batches)
    total = sum(len(x) for x, _ in batches)
    optimizer.zero_grad()
    for x, y in batches:
        (loss_fn(model(x), y) * (len(x) / total)).backward()
    optimizer.step()
    ### END SOLUTION

def jacobian_rows(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Return the Jacobian (m, n) of f at x (n,), row by row in reverse mode."""
    ### BEGIN SOLUTION
    x = x.detach().requires_grad_()
    y = f(x)
    rows = x.new_zeros(len(y), len(x))
    if y.requires_grad:
        for row, output in zip(rows, y):
            (gradient,) = torch.autograd.grad(output, x, retain_graph=True, allow_unused=True)
            if gradient is not None:
                row.copy_(gradient)
    return rows
    ### END SOLUTION

def detached_mean_loss(
    model: nn.Module, batches: Iterable[tuple[Tensor, Tensor]], loss_fn: Callable[[Tensor, Tensor], Tensor]
) -> float:
    """Return the mean of loss_fn(model(x), y), itself a mean, over batches of equal size; 0.0 when there is none."""
    ### BEGIN SOLUTION
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.no_grad():
            losses = [loss_fn(model(x), y).item() for x, y in batches]
    finally:
        for module, mode in modes:
            module.training = mode
    return sum(losses) / len(losses) if losses else 0.0
    ### END SOLUTION
