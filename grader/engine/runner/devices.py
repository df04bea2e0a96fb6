"""Where a probe's inputs are, and what has to hold there while it is called."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
from collections.abc import Iterator

import torch

from grader.engine.runner.elsewhere import DEVICE, Device, Elsewhere, Numbers
from grader.engine.runner.moving import Moving

_CPU = contextlib.nullcontext()


def placed(tensor: torch.Tensor, device: str) -> torch.Tensor:
    """Return a copy of a tensor of the CPU's on another device."""
    return Elsewhere(tensor.detach().clone()) if device == DEVICE.type else tensor.to(device)


def at_work(device: str, own: str) -> contextlib.AbstractContextManager[object]:
    """Return what holds while a probe is called with its inputs on a device, and while its result is read.

    `own` is the submission's file name.
    """
    return _CPU if device == "cpu" else _there(device, own)


class DeviceLost(Exception):
    """A device met an error after which it does nothing more for this process."""


def is_lost(device: str) -> bool:
    """Say whether a device does nothing more for this process, as CUDA after a fault in a kernel.

    A device that merely ran out of memory goes on.
    """
    if device != "cuda":
        return False
    try:
        torch.cuda.synchronize()
    except Exception:  # noqa: BLE001 - of whatever type: it can do nothing
        return True
    return False


def seed_device(device: str, seed: int) -> None:
    """Seed the generator of a device, where it has one of its own."""
    if device == "cuda":
        torch.cuda.manual_seed(seed)


def warm_up() -> int:
    """Start CUDA and use it, seconds that no answer should be charged for; return the free bytes of the GPU's memory.

    Raises `OSError` with the reason where CUDA does not start.
    """
    try:
        _settle()
        x = torch.ones(4, 4, device="cuda", requires_grad=True)
        torch.nn.functional.softmax(torch.einsum("ij,kj->ik", x, x) @ x, -1).sum().backward()
        torch.cuda.synchronize()
        free, _ = torch.cuda.mem_get_info()
    except (RuntimeError, AssertionError) as error:  # of a torch that was built without CUDA it is the latter
        raise OSError(errno.ENODEV, str(error).partition("\n")[0]) from error
    return int(free)


def limit_memory(size: int) -> None:
    """Let this process's tensors take so many bytes of the GPU's memory."""
    _, total = torch.cuda.mem_get_info()
    torch.cuda.set_per_process_memory_fraction(min(size / total, 1.0))


@contextlib.contextmanager
def _there(device: str, own: str) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        if device == DEVICE.type:
            stack.enter_context(Device())
            stack.enter_context(Numbers())
        else:
            _settle()
        stack.enter_context(Moving(own, torch.device(device)))
        yield


@functools.cache
def _settle() -> None:
    """Have CUDA compute as exactly, and as much the same each time, as it can. Call after the fork, never before."""
    os.environ["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"
    os.environ["CUDA_LAUNCH_BLOCKING"] = "1"  # what a kernel raises comes in the line that started it
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = False
    torch.use_deterministic_algorithms(True, warn_only=True)
