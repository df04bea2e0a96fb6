"""Right answers to the assignment autograd in other styles than the reference's: all of them must pass."""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn

from grader.authoring import alternative


@alternative("autograd.two_layer_grads")
def with_einsum(x: Tensor, y: Tensor, w1: Tensor, w2: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    h = torch.einsum("ni,ih->nh", x, w1)
    a = torch.relu(h)
    delta = 2 * (torch.einsum("nh,ho->no", a, w2) - y)
    back = torch.einsum("no,ho->nh", delta, w2)
    back = torch.where(h > 0, back, torch.zeros_like(back))
    loss = delta.pow(2).sum() / 4
    return loss, torch.einsum("ni,nh->ih", x, back), torch.einsum("nh,no->ho", a, delta)


@alternative("autograd.two_layer_grads")
def with_a_mask(x: Tensor, y: Tensor, w1: Tensor, w2: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    h = torch.matmul(x, w1)
    mask = (h > 0).to(h.dtype)
    active = h * mask
    residual = torch.matmul(active, w2) - y
    by_hidden = torch.matmul(residual, w2.t()) * mask
    return torch.sum(residual**2), 2 * torch.matmul(x.t(), by_hidden), 2 * torch.matmul(active.t(), residual)


@alternative("autograd.ReLU")
class ByMask(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        positive = x > 0
        ctx.save_for_backward(positive)
        return torch.where(positive, x, torch.zeros_like(x))

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> Tensor:
        (positive,) = ctx.saved_tensors
        return grad_output * positive.to(grad_output.dtype)


@alternative("autograd.ReLU")
class ByFilling(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return torch.relu(x)

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> Tensor:
        (x,) = ctx.saved_tensors
        return grad_output.masked_fill(x <= 0, 0)


@alternative("autograd.StraightThroughSign")
class ByWhere(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return torch.where(x >= 0, torch.ones_like(x), -torch.ones_like(x))

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> Tensor:
        (x,) = ctx.saved_tensors
        return torch.where((x >= -1) & (x <= 1), grad_output, torch.zeros_like(grad_output))


@alternative("autograd.StraightThroughSign")
class ByArithmetic(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x.abs() <= 1)
        return (x >= 0).to(x.dtype) * 2 - 1

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> Tensor:
        (near,) = ctx.saved_tensors
        return grad_output * near


@alternative("autograd.accumulated_step")
def summed_losses(
    model: nn.Module,
    batches: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
) -> None:
    optimizer.zero_grad()
    losses, count = [], 0
    for x, y in batches:
        losses.append(loss_fn(model(x), y) * x.shape[0])
        count += x.shape[0]
    (torch.stack(losses).sum() / count).backward()
    optimizer.step()


@alternative("autograd.accumulated_step")
def divided_at_the_end(
    model: nn.Module,
    batches: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
) -> None:
    optimizer.zero_grad(set_to_none=True)
    seen = 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        (loss * len(x)).backward()
        seen += len(x)
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            if parameter.grad is not None:
                parameter.grad.div_(seen)
    optimizer.step()


@alternative("autograd.jacobian_rows")
def by_unit_vectors(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    leaf = x.detach().clone().requires_grad_(True)
    y = f(leaf)
    if not y.requires_grad or not y.numel():
        return torch.zeros(y.numel(), x.numel(), dtype=x.dtype)
    rows = []
    for unit in torch.eye(y.numel(), dtype=y.dtype):
        (row,) = torch.autograd.grad(y, leaf, unit, retain_graph=True, allow_unused=True)
        rows.append(torch.zeros_like(leaf) if row is None else row.detach())
    return torch.stack(rows)


@alternative("autograd.jacobian_rows")
def by_backward(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    result = torch.zeros(y.shape[0], leaf.shape[0], dtype=x.dtype)
    for place in range(y.shape[0]):
        leaf.grad = None
        if y.requires_grad:
            y[place].backward(retain_graph=True)
        if leaf.grad is not None:
            result[place] = leaf.grad
    return result


@alternative("autograd.detached_mean_loss")
def with_a_running_sum(
    model: nn.Module, batches: Iterable[tuple[Tensor, Tensor]], loss_fn: Callable[[Tensor, Tensor], Tensor]
) -> float:
    before = {module: module.training for module in model.modules()}
    total, count = 0.0, 0
    try:
        for module in before:
            module.training = False
        for x, y in batches:
            with torch.no_grad():
                predicted = model(x)
                total += float(loss_fn(predicted, y))
            count += 1
    finally:
        for module, mode in before.items():
            module.training = mode
    return total / count if count else 0.0


@alternative("autograd.detached_mean_loss")
@torch.no_grad()
def under_a_decorator(
    model: nn.Module, batches: Iterable[tuple[Tensor, Tensor]], loss_fn: Callable[[Tensor, Tensor], Tensor]
) -> float:
    modes = [(module, module.training) for module in model.modules()]
    try:
        model.eval()
        losses = torch.tensor([loss_fn(model(x), y).item() for x, y in batches], dtype=torch.float64)
    finally:
        for module, mode in modes:
            module.training = mode
    return float(losses.mean()) if len(losses) else 0.0
