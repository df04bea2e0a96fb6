"""Calls as a probe makes them: expected exceptions, leaves and gradients, iterables that can be read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from grader.records.errors import AuthorError

if TYPE_CHECKING:
    import torch


def raised(call: Callable[[], Any], *expected: str, naming: str = "") -> dict[str, Any]:
    """Call something that is expected to raise, and return what it raised as plain data.

    `raised` is the first of the `expected` names that the exception's class or one of its bases has, otherwise the
    class's own name, and None when nothing was raised. With `naming`, `names_it` tells whether the message holds
    that text. `NotImplementedError` passes: it is what a stub raises. Fetch what the submission must define
    before the call: a missing name is an exception too.

    >>> raised(lambda: {}["fc"], "KeyError", naming="fc")
    {'raised': 'KeyError', 'names_it': True}
    >>> raised(lambda: int("x"), "KeyError"), raised(lambda: 3)
    ({'raised': 'ValueError'}, {'raised': None})
    """
    named = {"names_it": False} if naming else {}
    try:
        call()
    except NotImplementedError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever the submission raises is what the probe asks for
        names = [base.__name__ for base in type(error).__mro__]
        kind = next((name for name in expected if name in names), names[0])
        if naming:
            named["names_it"] = naming in str(error)
        return {"raised": kind, **named}
    return {"raised": None, **named}


def leaf(tensor: torch.Tensor) -> torch.Tensor:
    """Return a new leaf of the same memory that requires grad.

    >>> import torch
    >>> x = torch.ones(2)
    >>> leaf(x).requires_grad, leaf(x).is_leaf, x.requires_grad
    (True, True, False)
    """
    return tensor.detach().requires_grad_(True)


def gradients(
    outputs: torch.Tensor, inputs: Sequence[torch.Tensor], weights: torch.Tensor, *, create_graph: bool = False
) -> list[torch.Tensor]:
    """Return the gradients of `(outputs * weights).sum()` with respect to each input: zeros where there is no path.

    `weights` itself reaches the last function's backward, so that a backward that writes into what it is given is
    seen by the check of inputs.

    >>> import torch
    >>> x, y = leaf(torch.tensor([1.0, 2.0])), leaf(torch.tensor(1.0))
    >>> gradients(x * x, [x, y], torch.tensor([1.0, 10.0]))
    [tensor([ 2., 40.]), tensor(0.)]
    """
    import torch

    found = torch.autograd.grad(outputs, list(inputs), weights, allow_unused=True, create_graph=create_graph)
    return [torch.zeros_like(x) if gradient is None else gradient for x, gradient in zip(inputs, found, strict=True)]


def iterable(items: Iterable[Any], kind: str) -> Iterable[Any]:
    """Return the items as a `list`, a `tuple`, an `iterator` or a `generator`: the last two can be read only once.

    Raises `AuthorError` for another kind.

    >>> once = iterable([1, 2], "generator")
    >>> list(once), list(once)
    ([1, 2], [])
    """
    make = _ITERABLES.get(kind)
    if make is None:
        raise AuthorError(f"iterable: unknown kind {kind!r}", hint=f"Known are {', '.join(_ITERABLES)}.")
    return make(items)


def _generate(items: Iterable[Any]) -> Iterator[Any]:
    yield from items


_ITERABLES: dict[str, Callable[[Iterable[Any]], Iterable[Any]]] = {
    "list": list,
    "tuple": tuple,
    "iterator": lambda items: iter(list(items)),
    "generator": _generate,
}


def is_autograd_function(cls: object) -> bool:
    """Tell whether something is a class derived from `torch.autograd.Function`."""
    import torch

    return isinstance(cls, type) and issubclass(cls, torch.autograd.Function)


def comes_from_function(tensor: torch.Tensor) -> bool:
    """Tell whether a tensor's last step was an `autograd.Function` written in Python.

    >>> import torch
    >>> comes_from_function(leaf(torch.ones(2)).relu())
    False
    """
    import torch

    return isinstance(tensor.grad_fn, torch.autograd.function.BackwardCFunction)
