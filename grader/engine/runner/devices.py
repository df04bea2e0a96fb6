"""Where a probe's inputs are, and what has to hold there while it is called."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Iterator

import torch

from grader.engine.runner.elsewhere import DEVICE, Device, Elsewhere, Numbers

_CPU = contextlib.nullcontext()
_MEMORY_SHARE = 0.25
"""Of a GPU's memory that one runner may take: four of them fit."""


def placed(tensor: torch.Tensor, device: str) -> torch.Tensor:
    """Return a copy of a tensor of the CPU's on another device."""
    return Elsewhere(tensor.detach().clone()) if device == DEVICE.type else tensor.to(device)


def at_work(device: str) -> contextlib.AbstractContextManager[object]:
    """Return what holds while a probe is called with its inputs on a device, and while its result is read."""
    if device == "cpu":
        return _CPU
    if device == DEVICE.type:
        return _elsewhere()
    _settle()
    return contextlib.nullcontext()


def seed_device(device: str, seed: int) -> None:
    """Seed the generator of a device, where it has one of its own."""
    if device == "cuda":
        torch.cuda.manual_seed(seed)


def warm_up() -> None:
    """Start CUDA, where there is a GPU, and use it: seconds that no answer should be charged for."""
    if torch.cuda.is_available():
        _settle()
        x = torch.ones(4, 4, device="cuda", requires_grad=True)
        torch.nn.functional.softmax(torch.einsum("ij,kj->ik", x, x) @ x, -1).sum().backward()
        torch.cuda.synchronize()


@contextlib.contextmanager
def _elsewhere() -> Iterator[None]:
    with Device(), Numbers():
        yield


@functools.cache
def _settle() -> None:
    """Have CUDA compute as exactly, and as much the same each time, as it can. Call after the fork, never before."""
    os.environ["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = False
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.cuda.set_per_process_memory_fraction(_MEMORY_SHARE)
