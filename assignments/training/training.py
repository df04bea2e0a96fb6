# Write your answers here and run `grader check training`; training.ipynb holds the same tasks with explanations.

import copy
import importlib.util
import os
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn


def train_one_epoch(
    model: nn.Module,
    loader: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
) -> float:
    """Train in training mode, one step for each batch (x, y), and return the mean loss over all samples, a float.

    loss_fn returns the mean over a batch of len(x) samples, taken before the batch's step; batches differ in size,
    there is at least one. Gradients that were there before do not count.
    """
    raise NotImplementedError


def accuracy(model: nn.Module, loader: Iterable[tuple[Tensor, Tensor]]) -> float:
    """Return the share of samples that model, in eval mode and without a graph, classifies rightly; 0.0 for none.

    model(x) gives scores (N, C), labels are int64 (N,). Each submodule's own mode, and all buffers, stay as they were.
    """
    raise NotImplementedError


def fit_keep_best(
    model: nn.Module, epochs: int, train: Callable[[nn.Module], Any], validate: Callable[[nn.Module], float]
) -> list[float]:
    """Call train(model), then validate(model) in each epoch, and return the list of the scores that validate gave.

    At the end the model's parameters and buffers, the same objects as before, have the values they had when validate
    gave the highest score, the earliest of equal ones. Scores may be negative; with no epochs the model stays as it is.
    """
    raise NotImplementedError


def save_checkpoint(
    path: str | os.PathLike[str],
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    epoch: int,
) -> None:
    """Write all that a resumed training needs into one file, which torch.load(path, weights_only=True) can read."""
    raise NotImplementedError


def load_checkpoint(
    path: str | os.PathLike[str],
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
) -> int:
    """Put back what save_checkpoint wrote, so that training goes on bit for bit, and return the epoch.

    The file is read with weights_only=True: one that holds other objects raises, and executes nothing. A truncated file
    raises and leaves model and optimizer as they were.
    """
    raise NotImplementedError


def load_matching(model: nn.Module, state: dict[str, Tensor]) -> list[str]:
    """Copy the entries of state that fit the model's state_dict in name and shape into the model, and return the other
    names, sorted.

    All else in the model stays; its parameters and buffers remain the same objects with the same dtypes; state stays.
    """
    raise NotImplementedError


def replace_head(model: nn.Module, name: str, num_classes: int) -> None:
    """Freeze all parameters, then put a new, trainable nn.Linear at the dotted path, from the in_features of the Linear
    there to num_classes, with a bias. All other values stay."""
    raise NotImplementedError


def conv_block(in_channels: int, out_channels: int, activation: str, **kwargs: Any) -> nn.Module:
    """Return a module that applies Conv2d(in_channels, out_channels, bias=False, **kwargs), BatchNorm2d and "relu" or
    "lrelu" (nn.LeakyReLU as it is); another activation raises KeyError."""
    raise NotImplementedError


def seed_everything(seed: int) -> None:
    """Seed random, numpy.random and torch with this very seed, and set torch.backends.cudnn.deterministic."""
    raise NotImplementedError


def plateau_rates(metrics: Sequence[float], lr: float, factor: float, patience: int, mode: str) -> list[float]:
    """Return the rate after each metric, as ReduceLROnPlateau(mode, factor, patience) sets it, beginning with lr.

    mode is "min" or "max", factor below 1, patience >= 0. An improvement is by more than 1e-4, relative to the best; a
    change of the rate by at most 1e-8 is not made.
    """
    raise NotImplementedError


def load_network(path: str | os.PathLike[str], class_name: str, **kwargs: Any) -> Any:
    """Execute the Python file at path as a module of its own and return an instance of its class, made with kwargs.

    sys.path and the modules that are already imported stay as they are, also where the file has the name of one of
    them; each call reads the file at its path.
    """
    raise NotImplementedError


def log_history(writer: Any, history: Iterable[dict[str, Any]]) -> None:
    """Call writer.add_scalar(tag, value, step) for "loss/train", "loss/valid" and "lr" of each epoch's "train", "valid"
    and "lr"; values become plain floats, steps count from 0."""
    raise NotImplementedError


def summarize(model: nn.Module, input_size: Sequence[int]) -> list[dict[str, Any]]:
    """Return a row {"name", "type", "output_shape", "params"} for each call of a leaf module in one forward, in order.

    The input is float32 of input_size, the batch included. name is that of named_modules, type the class name,
    output_shape a tuple, params the number of elements of the module's parameters, frozen or not. The model's modes,
    hooks and buffers stay.
    """
    raise NotImplementedError
