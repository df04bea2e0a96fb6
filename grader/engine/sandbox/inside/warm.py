"""Warms torch by using it, so that no runner pays for its lazy imports."""

from __future__ import annotations

import gc
import importlib
import random
from pathlib import Path
from typing import Any

import numpy

from grader.course.eager import without_compiler
from grader.engine.sandbox import messages


def ready(start: messages.Start) -> Any:
    """Return the probes that a start names, loaded, with all that a runner needs to answer for them warm.

    What is in memory afterwards is never looked through for garbage; what comes later is. Raises `AuthorError` as
    `prepare` does.
    """
    prepared = importlib.import_module(f"{start.engine}.prepare").prepare(
        [(assignment, Path(path)) for assignment, path in start.checks]
    )
    importlib.import_module(f"{start.engine}.serve")
    warm_up(start.warm)
    gc.freeze()
    gc.enable()
    return prepared


def warm_up(level: str) -> None:
    """Import and use torch on one thread, never touching CUDA; `minimal` leaves out what loads code when first used."""
    import torch

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    state = torch.default_generator.get_state(), random.getstate(), numpy.random.get_state()
    _minimal()
    _on_the_simulated_device()
    _read_a_source()
    if level != "minimal":
        _full()
    if level == "compiler":
        _with_compiler()
    torch.default_generator.set_state(state[0])
    random.setstate(state[1])
    numpy.random.set_state(state[2])


def _minimal() -> None:
    import torch

    x = torch.ones(2, 3, requires_grad=True)
    torch.nn.functional.softmax(torch.einsum("ij,kj->ik", x, x) @ torch.ones(2, 2), -1).sum().backward()


def _on_the_simulated_device() -> None:
    import torch

    from grader.engine.runner.elsewhere import Device, Elsewhere
    from grader.engine.runner.moving import Moving
    from grader.engine.runner.origins import Origins

    moving = Moving("")
    for _ in range(3):  # as in `_read_a_source`
        with Device(), moving, Origins("", moving):
            x = Elsewhere(torch.ones(2, 3), True)
            (torch.einsum("ij,kj->ik", x, x).reshape(4)[1:] + x.sum()).softmax(0)


_SOURCE = """
import torch
import torch.nn.functional as F
from torch import nn

def scores(q, k, scale=None):
    '''A function.'''
    found = torch.einsum("id,jd->ij", q, k)
    for row in [found[0], *found[1:]]:
        if scale is not None and row.shape[0] > 1:
            row = row * scale
    return {"scores": F.softmax(found / k.shape[-1] ** 0.5, dim=-1)}["scores"]

class Scale(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x):
        return self.weight * x.reshape(-1, *self.weight.shape)
"""


def _read_a_source() -> None:
    """Read a source a few times: caches are full then, the interpreter is quick, and more costs a check its start."""
    from grader.engine.bans import analyse, parse

    for _ in range(3):
        source = parse((_SOURCE,))
        for name in ("scores", "Scale"):
            analyse(source, (name,), ("torch.matmul", "for"), ("torch.einsum",))


def _full() -> None:
    import torch
    from PIL import Image
    from torch import nn
    from torch.utils.data import DataLoader, TensorDataset

    with without_compiler():
        import torchvision.transforms.v2
    model = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(64, 2))
    nn.functional.cross_entropy(model(torch.ones(2, 3, 4, 4)), torch.tensor([0, 1])).backward()
    x = torch.ones(2, 3, requires_grad=True)
    torch.autograd.grad(x * 2, x, torch.ones(2, 3))  # this loads sympy: a third of a second
    torch.autograd.gradcheck(torch.sin, torch.ones(2, dtype=torch.float64, requires_grad=True))
    torch.testing.assert_close(torch.ones(2), torch.ones(2))
    list(DataLoader(TensorDataset(torch.arange(4)), batch_size=2, shuffle=True))
    torchvision.transforms.v2.functional.to_image(Image.new("RGB", (2, 2)))
    Image.init()
    for name in ("multiprocessing.queues", "torch.multiprocessing", "torch.distributions", "csv", "copy", "pickle"):
        importlib.import_module(name)


def _with_compiler() -> None:
    import torch

    model = torch.nn.Linear(2, 1)
    for kind in (torch.optim.SGD, torch.optim.Adam):
        optimizer = kind(model.parameters(), lr=0.1)
        model(torch.ones(3, 2)).sum().backward()
        optimizer.step()
        optimizer.zero_grad()
    torch.func.vmap(torch.func.grad(lambda x: (x**2).sum()))(torch.ones(3, 2))
    torch.func.jacrev(torch.sin)(torch.ones(2))
