"""Lists, tuples and dicts of drawn values."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from grader.authoring.strategies.context import DrawContext, bounds_of, join_bounds
from grader.authoring.strategies.shapes import evaluate, names_in
from grader.records.errors import AuthorError
from grader.records.values import MappingValue, SequenceValue


@dataclasses.dataclass(frozen=True)
class ListsOf:
    """See `lists_of`."""

    argument: Any
    low: int
    high: int
    size: str | None

    def size_bounds(self) -> dict[str, tuple[int, int]]:
        """Return the bounds that the element sets."""
        return bounds_of(self.argument)

    def draw(self, context: DrawContext) -> SequenceValue:
        """Draw the length, then each element with its own `~` sizes."""
        if self.size is None:
            length = context.fresh_size((self.low, self.high), "length")
        else:
            length = evaluate(self.size, context, (self.low, self.high))
        return SequenceValue("list", tuple(context.element().draw(self.argument) for _ in range(length)))


@dataclasses.dataclass(frozen=True)
class TuplesOf:
    """See `tuples_of`."""

    arguments: tuple[Any, ...]

    def size_bounds(self) -> dict[str, tuple[int, int]]:
        """Return the bounds that the elements set together."""
        return join_bounds({f"element {i}": argument for i, argument in enumerate(self.arguments)})

    def draw(self, context: DrawContext) -> SequenceValue:
        """Draw the elements in order; they share `~` sizes."""
        element = context.element()
        element.local = context.local if context.depth else {}
        return SequenceValue("tuple", tuple(element.draw(argument) for argument in self.arguments))


@dataclasses.dataclass(frozen=True)
class Records:
    """See `records`."""

    arguments: Mapping[str, Any]

    def size_bounds(self) -> dict[str, tuple[int, int]]:
        """Return the bounds that the entries set together."""
        return join_bounds(self.arguments)

    def draw(self, context: DrawContext) -> MappingValue:
        """Draw the entries in order; later ones may refer to earlier ones by name."""
        element = context.element()
        element.local = context.local if context.depth else {}
        items = []
        for name, argument in self.arguments.items():
            element.drawn[name] = element.draw(argument)
            items.append((name, element.drawn[name]))
        return MappingValue(tuple(items))


def lists_of(argument: Any, min_size: int = 0, max_size: int = 5, *, size: str | None = None) -> ListsOf:
    """A list of values drawn from one input space; its length lies in `min_size..max_size`, or is the named `size`.

    Sizes in the elements are shared as everywhere; a name that begins with `~` is drawn anew for each element.

    >>> from grader.authoring.strategies import sample, tensors
    >>> ragged = sample(lists_of(tensors("~t d"), min_size=3), seed=4)
    >>> len({item.shape[1] for item in ragged}), len({item.shape[0] for item in ragged}) > 1
    (1, True)
    """
    if not 0 <= min_size <= max_size:
        raise AuthorError(f"lists_of: no length lies in {min_size}..{max_size}")
    if size is not None:
        names_in(size)
    return ListsOf(argument, min_size, max_size, size)


def tuples_of(*arguments: Any) -> TuplesOf:
    """A tuple with one value from each input space.

    >>> from grader.authoring.strategies import integers, sample
    >>> low, high = sample(tuples_of(integers(0, 3), integers(7, 9)), seed=1)
    >>> low < high
    True
    """
    return TuplesOf(arguments)


def records(**arguments: Any) -> Records:
    """A dict with these keys; an entry may refer to an earlier one by its key.

    >>> from grader.authoring.strategies import sample, tensors
    >>> item = sample(records(X=tensors("~t"), y=tensors("", dtype="int64")), seed=1)
    >>> list(item), item["y"].shape
    (['X', 'y'], ())
    """
    return Records(dict(arguments))
