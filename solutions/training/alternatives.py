"""Right answers to the assignment training in other styles than the reference's: all of them must pass."""

import contextlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from grader.authoring import alternative


@alternative("training.train_one_epoch")
def a_mean_that_is_kept_up(
    model: nn.Module,
    loader: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
) -> float:
    mean, seen = 0.0, 0
    model.train(True)
    for inputs, targets in loader:
        loss = loss_fn(model(inputs), targets)
        model.zero_grad()
        loss.backward()
        optimizer.step()
        seen += inputs.shape[0]
        mean += (float(loss) - mean) * inputs.shape[0] / seen
    return mean


@alternative("training.train_one_epoch")
def sums_of_tensors(
    model: nn.Module,
    loader: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
) -> float:
    model.train()
    losses, sizes = [], []
    for batch in loader:
        optimizer.zero_grad(set_to_none=False)
        loss = loss_fn(model(batch[0]), batch[1])
        loss.backward()
        optimizer.step()
        losses.append(loss.detach().double() * len(batch[1]))
        sizes.append(len(batch[1]))
    return (torch.stack(losses).sum() / sum(sizes)).item()


@alternative("training.accuracy")
def a_stack_and_a_mean(model: nn.Module, loader: Iterable[tuple[Tensor, Tensor]]) -> float:
    hits: list[Tensor] = []
    with contextlib.ExitStack() as stack, torch.inference_mode():
        for module in model.modules():
            stack.callback(setattr, module, "training", module.training)
        model.train(False)
        for x, labels in loader:
            hits.append(torch.eq(torch.max(model(x), dim=-1).indices, labels))
    return torch.cat(hits).double().mean().item() if hits else 0.0


@alternative("training.plateau_rates")
def with_differences(metrics: Sequence[float], lr: float, factor: float, patience: int, mode: str) -> list[float]:
    best: float | None = None
    waited = 0
    rates: list[float] = []
    for metric in metrics:
        if best is None:
            better = True
        elif mode == "min":
            better = metric < best - 1e-4 * best
        else:
            better = metric > best + 1e-4 * best
        if better:
            best, waited = metric, 0
        else:
            waited += 1
        if waited > patience:
            waited = 0
            lower = lr * factor
            if lr - lower > 1e-8:
                lr = lower
        rates.append(lr)
    return rates


@alternative("training.fit_keep_best")
def by_clones_that_are_copied_back(
    model: nn.Module, epochs: int, train: Callable[[nn.Module], Any], validate: Callable[[nn.Module], float]
) -> list[float]:
    scores: list[float] = []
    kept: dict[str, Tensor] = {}
    for _ in range(epochs):
        train(model)
        scores.append(validate(model))
        if scores[-1] > max(scores[:-1], default=-float("inf")):
            kept = {name: value.detach().clone() for name, value in model.state_dict().items()}
    with torch.no_grad():
        for name, value in kept.items():
            model.state_dict()[name].copy_(value)
    return scores
