from __future__ import annotations

import pytest
import torch

from grader.authoring.vocabulary.calls import (
    comes_from_function,
    gradients,
    is_autograd_function,
    iterable,
    leaf,
    raised,
)
from grader.records.errors import AuthorError


class Doubled(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, grad):
        return grad * 2


class TooLate(LookupError):
    pass


def fail(error: BaseException) -> None:
    raise error


def test_raised_tells_the_expected_name_for_a_subclass() -> None:
    assert raised(lambda: fail(TooLate("fc")), "KeyError", "LookupError") == {"raised": "LookupError"}
    assert raised(lambda: fail(TooLate("fc")), "ValueError") == {"raised": "TooLate"}


def test_raised_tells_whether_the_message_names_it() -> None:
    assert raised(lambda: fail(KeyError("fc.weight")), "KeyError", naming="fc.weight")["names_it"] is True
    assert raised(lambda: fail(KeyError("fc")), "KeyError", naming="fc.weight")["names_it"] is False
    assert raised(lambda: None, naming="x") == {"raised": None, "names_it": False}


def test_stubs_and_interrupts_pass_through_raised() -> None:
    with pytest.raises(NotImplementedError):
        raised(lambda: fail(NotImplementedError()), "KeyError")
    with pytest.raises(SystemExit):
        raised(lambda: fail(SystemExit(1)), "KeyError")


def test_a_leaf_shares_memory_and_no_graph() -> None:
    x = torch.ones(2, requires_grad=True) * 2
    fresh = leaf(x)
    assert fresh.is_leaf
    assert fresh.requires_grad
    assert fresh.data_ptr() == x.data_ptr()


def test_gradients_are_zeros_where_there_is_no_path() -> None:
    x, y = leaf(torch.ones(2)), leaf(torch.ones(3))
    by_x, by_y = gradients(x * 3, [x, y], torch.tensor([1.0, 2.0]))
    assert by_x.tolist() == [3.0, 6.0]
    assert by_y.tolist() == [0.0, 0.0, 0.0]


def test_second_gradients_can_be_taken() -> None:
    x, weights = leaf(torch.tensor([2.0])), leaf(torch.tensor([5.0]))
    (first,) = gradients(x**3, [x], weights, create_graph=True)
    by_x, by_weights = gradients(first, [x, weights], torch.ones(1))
    assert (float(by_x), float(by_weights)) == (60.0, 12.0)


def test_weights_themselves_reach_backward() -> None:
    seen: list[int] = []

    class Looks(Doubled):
        @staticmethod
        def backward(ctx, grad):
            seen.append(grad.data_ptr())
            return grad * 2

    x, weights = leaf(torch.ones(2)), torch.ones(2)
    gradients(Looks.apply(x), [x], weights)
    assert seen == [weights.data_ptr()]


@pytest.mark.parametrize("kind", ["list", "tuple", "iterator", "generator"])
def test_iterables_hold_the_items_in_order(kind: str) -> None:
    made = iterable([3, 1, 2], kind)
    assert list(made) == [3, 1, 2]
    assert list(made) == ([3, 1, 2] if kind in ("list", "tuple") else [])


def test_an_unknown_kind_of_iterable_is_the_authors_error() -> None:
    with pytest.raises(AuthorError) as caught:
        iterable([], "set")
    assert "unknown kind 'set'" in str(caught.value)


def test_functions_of_autograd_are_told_apart() -> None:
    assert is_autograd_function(Doubled)
    assert not is_autograd_function(torch.relu)
    x = leaf(torch.ones(2))
    assert comes_from_function(Doubled.apply(x))
    assert not comes_from_function(x * 2)
    assert not comes_from_function(Doubled.apply(torch.ones(2)))
