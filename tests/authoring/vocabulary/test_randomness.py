from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import nn

from grader.authoring.vocabulary.randomness import generators_at, not_uniform
from grader.records.errors import AuthorError

DRAWS: dict[str, Callable[[], float]] = {
    "torch": lambda: torch.rand(()).item(),
    "python": random.random,
    "numpy": np.random.rand,
}


@pytest.mark.parametrize("name", DRAWS)
def test_generators_stand_where_they_are_put_and_come_back(name: str) -> None:
    draw = DRAWS[name]
    with generators_at(1):
        expected = draw()
        with generators_at(5):
            assert draw() != expected
        following = draw()
    with generators_at(1):
        assert [draw(), draw()] == [expected, following]


def test_generators_come_back_after_an_exception() -> None:
    before = torch.get_rng_state()

    def fail() -> None:
        with generators_at(3):
            raise ArithmeticError(torch.rand(2))

    with pytest.raises(ArithmeticError):
        fail()
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("count", [100, 400, 3000])
def test_uniform_numbers_keep_the_law(count: int) -> None:
    generator = torch.Generator().manual_seed(count)
    for _ in range(300):
        drawn = torch.empty(count).uniform_(-0.3, 0.3, generator=generator)
        assert not_uniform(drawn, 0.3) == ""


def numbers(draw: Callable[[torch.Tensor, torch.Generator], torch.Tensor]) -> torch.Tensor:
    return draw(torch.empty(600), torch.Generator().manual_seed(1))


# Each is drawn for a bound of 1; the second member is a part of what is said.
PLANTED = {
    "too wide": (lambda x, g: x.uniform_(-1.1, 1.1, generator=g), "greatest magnitude is 1.09"),
    "too narrow": (lambda x, g: x.uniform_(-0.9, 0.9, generator=g), "magnitudes is only 0.8"),
    "one sided": (lambda x, g: x.uniform_(0, 1, generator=g), "spread unlike uniform"),
    "normal": (lambda x, g: nn.init.normal_(x, 0, 3**-0.5, generator=g), "the bound 1"),
    "truncated normal": (lambda x, g: nn.init.trunc_normal_(x, 0, 0.4, -1, 1, generator=g), "spread unlike uniform"),
    "signs": (lambda x, g: x.uniform_(-1, 1, generator=g).sign(), "spread unlike uniform"),
    "constant": (lambda x, g: x.fill_(0.99), "spread unlike uniform"),
    "half left at zero": (lambda x, g: x.uniform_(-1, 1, generator=g) * (torch.arange(600) % 2), "spread unlike"),
    "nan": (lambda x, g: x.fill_(float("nan")), "greatest magnitude is nan"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_other_numbers_break_the_law(name: str) -> None:
    draw, said = PLANTED[name]
    assert said in not_uniform(numbers(draw), 1.0)


def test_too_few_numbers_are_the_authors_error() -> None:
    with pytest.raises(AuthorError) as caught:
        not_uniform(torch.rand(99), 1.0)
    assert caught.value.message == "not_uniform: 99 numbers tell next to nothing"
    assert caught.value.hint == "Give at least 100."
