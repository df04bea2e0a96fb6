"""What a descriptor sees while one example is drawn: a source of choices, named sizes, earlier arguments."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np

from grader.authoring.strategies.convert import to_value
from grader.records.errors import AuthorError
from grader.records.values import FLOATING, TensorValue, Value

Chosen = TypeVar("Chosen")


class Rejected(Exception):
    """This example cannot be completed (an axis of size 0 where a non-empty one is needed); draw another."""


class ChoiceSource(Protocol):
    """Where choices come from: a seeded generator for the bank, Hypothesis while shrinking.

    Options are ordered from plain to elaborate: shrinking moves to the front.
    """

    def pick(self, kind: str, options: Sequence[Chosen], key: str = "") -> Chosen:
        """Choose one of the options; `kind` and `key` name the choice so that a corner can steer it."""
        ...

    def raw(self, count: int) -> bytes:
        """Return this many random bytes; shrinking turns them into zeros."""
        ...

    def strategy(self, strategy: Any) -> Any:
        """Draw from a Hypothesis strategy."""
        ...


@dataclasses.dataclass
class DrawContext:
    """The state of one example while its arguments are drawn in order."""

    source: ChoiceSource
    bounds: Mapping[str, tuple[int, int]] = dataclasses.field(default_factory=dict)
    """Bounds of named sizes, joined over all arguments of the probe."""
    sizes: dict[str, int] = dataclasses.field(default_factory=dict)
    dims: dict[str, tuple[int, ...]] = dataclasses.field(default_factory=dict)
    """Sizes that `...` and `*name` stand for."""
    local: dict[str, int] = dataclasses.field(default_factory=dict)
    """Sizes of `~name`: of one argument or one element of a list alone."""
    dtypes: dict[str, str] = dataclasses.field(default_factory=dict)
    drawn: dict[str, Value] = dataclasses.field(default_factory=dict)
    argument: str = ""
    """Name of the argument being drawn."""
    depth: int = 0
    """0 for an argument itself, more inside a list, tuple or record."""
    differentiable: bool = False
    """Whether the argument just drawn allows gradients."""

    def draw(self, argument: Any) -> Value:
        """Draw one value from a descriptor or a Hypothesis strategy."""
        if is_strategy(argument):
            return to_value(self.source.strategy(argument))
        if callable(getattr(argument, "draw", None)):
            value: Value = argument.draw(self)
            return value
        raise AuthorError(
            f"{_shortened(argument)} is no input space",
            hint="Use a descriptor such as tensors(...) or a Hypothesis strategy; for a constant write just(...).",
        )

    def pick(self, kind: str, options: Sequence[Chosen], key: str = "") -> Chosen:
        """Choose one of the options, plainest first."""
        return self.source.pick(kind, options, key or self.argument)

    def numbers(self, count: int, below: int) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Draw this many numbers in 0..below - 1, where `below` is at most 256."""
        return np.frombuffer(self.source.raw(count), np.uint8).astype(np.int64) % below

    def size(self, name: str, default: tuple[int, int] = (0, 5)) -> int:
        """Return the size that a name stands for, drawing it on first use; `~name` is this element's own."""
        sizes = self.local if name.startswith("~") else self.sizes
        if name not in sizes:
            sizes[name] = self.fresh_size(self.bounds.get(name, default), name)
        return sizes[name]

    def fresh_size(self, bounds: tuple[int, int], key: str) -> int:
        """Draw one size within the bounds, both included; at most one size of an example is 0, where they allow.

        One empty dimension tells what several would, and right answers that infer one size from the others stay right.
        """
        low, high = bounds
        if low <= 0 < high and self.empty_already():
            low = 1
        return self.pick("size", size_options(low, high), key)

    def empty_already(self) -> bool:
        """Say whether a size that was drawn before is 0."""
        return 0 in self.sizes.values() or 0 in self.local.values() or any(0 in sizes for sizes in self.dims.values())

    def earlier(self, name: str) -> Value:
        """Return an argument that was drawn before; raises `AuthorError` when there is none of that name."""
        if name not in self.drawn:
            known = ", ".join(self.drawn) or "none"
            raise AuthorError(
                f"refers to an argument {name!r} that is not drawn before it (drawn so far: {known})",
                hint="Arguments are drawn in the order of the signature: move it further down or mend the name.",
            )
        return self.drawn[name]

    def element(self) -> DrawContext:
        """Return a context for one element of a container: own `~` sizes and argument names, the rest shared."""
        return dataclasses.replace(self, local={}, drawn=dict(self.drawn), depth=self.depth + 1)

    def top_level(self, name: str, argument: Any) -> bool:
        """Draw a whole argument into `drawn`; tell whether gradients may be taken with respect to it."""
        self.local = {}
        self.argument = name
        self.differentiable = False
        value = self.draw(argument)
        self.drawn[name] = value
        if not isinstance(value, TensorValue) or value.dtype not in FLOATING:
            return False
        return self.differentiable or value.requires_grad


def size_options(low: int, high: int) -> tuple[int, ...]:
    """Return the sizes to choose from: 0 comes last, because a non-empty example explains more.

    >>> size_options(0, 3)
    (1, 2, 3, 2, 3, 2, 3, 0)
    """
    positive = tuple(range(max(low, 1), high + 1))
    larger = tuple(n for n in positive if n > 1)
    return positive + larger + larger + ((0,) if low <= 0 else ())


def is_strategy(argument: Any) -> bool:
    """Tell whether this is a Hypothesis strategy, without importing Hypothesis."""
    return any(base.__name__ == "SearchStrategy" for base in type(argument).__mro__)


def bounds_of(argument: Any) -> dict[str, tuple[int, int]]:
    """Return the bounds that an argument's `size_bounds` sets for named sizes; most arguments have none."""
    bounds: dict[str, tuple[int, int]] = argument.size_bounds() if hasattr(argument, "size_bounds") else {}
    return bounds


def join_bounds(arguments: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Join what all arguments say of each named size; raises `AuthorError` when they exclude each other."""
    joined: dict[str, tuple[int, int]] = {}
    for argument, space in arguments.items():
        for name, (low, high) in bounds_of(space).items():
            before = joined.get(name, (low, high))
            joined[name] = max(low, before[0]), min(high, before[1])
            if joined[name][0] > joined[name][1]:
                raise AuthorError(
                    f"argument {argument!r}: size {name!r} cannot lie in {low}..{high} as well as in "
                    f"{before[0]}..{before[1]}, which an earlier argument asks for"
                )
    return joined


def _shortened(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
