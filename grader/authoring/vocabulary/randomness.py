"""Randomness as probes and laws meet it: global generators in another place, numbers that should be uniform."""

from __future__ import annotations

import contextlib
import math
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.records.errors import AuthorError

if TYPE_CHECKING:
    import torch

_FEWEST = 100


@contextlib.contextmanager
def generators_at(seed: int) -> Iterator[None]:
    """Put the global generators of torch, Python and numpy to a seed of their own, and back afterwards.

    What a seed alone decides comes out the same wherever the global generators stand; and what happens inside
    does not count as having moved them.

    >>> import torch
    >>> state = torch.get_rng_state()
    >>> with generators_at(7):
    ...     one = torch.rand(3)
    >>> with generators_at(7):
    ...     other = torch.rand(3)
    >>> torch.equal(one, other), torch.equal(state, torch.get_rng_state())
    (True, True)
    """
    import numpy
    import torch

    states = torch.default_generator.get_state(), random.getstate(), numpy.random.get_state()
    torch.default_generator.manual_seed(seed)
    random.seed(seed)
    numpy.random.seed(seed % (1 << 32))
    try:
        yield
    finally:
        torch.default_generator.set_state(states[0])
        random.setstate(states[1])
        numpy.random.set_state(states[2])


def not_uniform(values: torch.Tensor, bound: float, alarm: float = 1e-10) -> str:
    """Return what shows that numbers were not drawn uniformly from (-bound, bound); empty when nothing does.

    Independent uniform numbers are found fault with, with a probability of at most 2 * `alarm`:
    by the greatest magnitude, which is below (1 - t) bound with probability (1 - t)^n; and by the distance of the
    empirical distribution, which exceeds e with a probability of at most 2 exp(-2 n e²) (Dvoretzky, Kiefer,
    Wolfowitz; with Massart's constant), each solved for its share of the alarm. A magnitude above the bound needs
    no luck. Raises `AuthorError` for fewer than 100 numbers, which could tell next to nothing.

    >>> import torch
    >>> numbers = torch.linspace(-1, 1, 1000)
    >>> not_uniform(numbers, 1.0), not_uniform(numbers, 0.5)
    ('', 'the greatest magnitude is 1, the bound 0.5')
    """
    import torch

    count = values.numel()
    if count < _FEWEST:
        raise AuthorError(f"not_uniform: {count} numbers tell next to nothing", hint=f"Give at least {_FEWEST}.")
    scaled = values.detach().double().flatten().sort().values / bound
    greatest = float(scaled.abs().max())
    if not greatest <= 1 + 1e-5:
        return f"the greatest magnitude is {greatest * bound:.4g}, the bound {bound:.4g}"
    if greatest < math.exp(math.log(alarm) / count):
        return f"the greatest of {count} magnitudes is only {greatest * bound:.4g}, the bound {bound:.4g}"
    steps = torch.arange(count + 1, dtype=torch.float64) / count
    expected = (scaled + 1) / 2
    apart = float(torch.maximum(steps[1:] - expected, expected - steps[:-1]).max())
    allowed = math.sqrt(math.log(2 / alarm) / (2 * count))
    if apart > allowed:
        return f"{count} numbers are spread unlike uniform ones: distributions {apart:.3g} apart, {allowed:.3g} allowed"
    return ""
