"""What a call is seen to do besides returning."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy
import pytest
import torch

from grader.engine.runner.call import _backward, _weights, moved_global_generators, seed_global_generators


def both() -> None:
    random.random()
    numpy.random.rand()


def seeds_it_elsewhere() -> None:
    random.seed(4)


@pytest.mark.parametrize(
    ("use", "moved"),
    [
        (lambda: None, ()),
        (lambda: torch.rand(3), ()),
        (lambda: random.Random(1).random(), ()),
        (lambda: numpy.random.default_rng(1).random(), ()),
        (lambda: random.getrandbits(1), ("python",)),
        (lambda: random.gauss(0, 1), ("python",)),
        (lambda: random.shuffle([1, 2, 3]), ("python",)),
        (seeds_it_elsewhere, ("python",)),
        (lambda: numpy.random.randn(), ("numpy",)),
        (lambda: numpy.random.permutation(3), ("numpy",)),
        (both, ("python", "numpy")),
    ],
)
@pytest.mark.parametrize("seed", [0, 3, (1 << 48) + 1])
def test_a_global_generator_that_was_used_is_told(seed: int, use: Callable[[], object], moved: tuple[str, ...]) -> None:
    seed_global_generators(seed)
    use()
    assert moved_global_generators(seed) == moved
    assert moved_global_generators(seed) == ()


def test_gradients_are_those_that_torch_gives() -> None:
    x = torch.arange(6.0).view(2, 3).requires_grad_()
    y = torch.ones(3, requires_grad=True)
    unused = torch.ones(1, requires_grad=True)
    outputs = (x * y, (x**2).sum(0))
    weights = tuple(_weights(one.shape, one.dtype, one.device, place) for place, one in enumerate(outputs))
    wanted = torch.autograd.grad(outputs, (x, y, unused), weights, retain_graph=True, allow_unused=True)
    found = _backward(outputs, weights, (x, y, unused))
    assert found[2] is None
    assert wanted[2] is None
    for one, other in zip(found[:2], wanted[:2], strict=True):
        assert one is not None
        assert torch.equal(one, other)
    assert x.grad is None
