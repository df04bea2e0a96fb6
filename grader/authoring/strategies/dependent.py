"""Input spaces that depend on earlier arguments, and any Hypothesis strategy."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from grader.authoring.strategies.context import DrawContext, is_strategy
from grader.authoring.strategies.convert import to_plain, to_value
from grader.records.errors import AuthorError
from grader.records.values import Value


class Earlier:
    """The arguments drawn so far, by attribute: tensors as read-only numpy arrays, the rest as plain Python."""

    def __init__(self, context: DrawContext) -> None:
        self._context = context

    def __getattr__(self, name: str) -> Any:
        """Return an earlier argument; raises `AuthorError` when there is none of that name."""
        return to_plain(self._context.earlier(name))

    def size(self, name: str) -> int:
        """Return the size that a name stands for."""
        return self._context.size(name)


@dataclasses.dataclass(frozen=True)
class Derived:
    """See `derived`."""

    function: Callable[[Any], Any]

    def draw(self, context: DrawContext) -> Value:
        """Ask the author's function for the input space, and draw from it."""
        return context.draw(self.function(Earlier(context)))


@dataclasses.dataclass(frozen=True)
class Custom:
    """See `custom`."""

    strategy: Any

    def draw(self, context: DrawContext) -> Value:
        """Draw from the strategy, making it first if it is given as a function."""
        strategy = self.strategy if is_strategy(self.strategy) else self.strategy()
        return to_value(context.source.strategy(strategy))


def derived(function: Callable[[Any], Any]) -> Derived:
    """An input space that a function of the earlier arguments returns.

    The function gets an object with the earlier arguments as attributes (`a.x`): tensors are
    numpy arrays; `a.size("n")` is a named size. It returns a descriptor or a Hypothesis strategy.

    >>> from grader.authoring.strategies import integers, sample, tensors
    >>> x, k = sample({"x": tensors("n", min_size=1), "k": derived(lambda a: integers(1, len(a.x)))}, seed=1).values()
    >>> 1 <= k <= len(x)
    True
    """
    return Derived(function)


def custom(strategy: Any) -> Custom:
    """Any Hypothesis strategy, or a function without parameters that returns one, of what can be sent.

    That is plain Python, numpy arrays and torch tensors, nested in lists, tuples, sets and dicts.

    >>> from grader.authoring.strategies import sample
    >>> def pairs():
    ...     from hypothesis import strategies as st
    ...     return st.tuples(st.integers(0, 9), st.just("x"))
    >>> sample(custom(pairs), seed=1)[1]
    'x'
    """
    if not is_strategy(strategy) and not callable(strategy):
        raise AuthorError(f"custom({type(strategy).__name__}): no Hypothesis strategy and no function that returns one")
    return Custom(strategy)
