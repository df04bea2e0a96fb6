"""Axes, index tensors and lengths that are valid for another argument."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.authoring.strategies.context import DrawContext, Rejected
from grader.authoring.strategies.convert import tensor_value
from grader.authoring.strategies.dependent import Earlier
from grader.authoring.strategies.elements import draw_elements
from grader.authoring.strategies.layouts import lay_out
from grader.authoring.strategies.shapes import check_sizes, draw_shape, evaluate, names_in, shape_bounds, tokens
from grader.records.errors import AuthorError
from grader.records.values import ArrayValue, TensorValue, element_count

Bound = int | str | Callable[[Any], int]
"""A number, a size name or an expression of names, or a function of the earlier arguments."""


@dataclasses.dataclass(frozen=True)
class AxisOf:
    """See `axis_of`."""

    of: str
    nonempty: bool

    def draw(self, context: DrawContext) -> int:
        """Choose an axis, counted from the front or from the back."""
        shape = _shape_of(self.of, context)
        rank = max(len(shape), 1)  # torch takes dim 0 and -1 of a 0-d tensor
        axes = [axis for axis in range(rank) if not self.nonempty or not shape or shape[axis] > 0]
        if not axes:
            raise Rejected(f"no axis of {self.of!r} is non-empty")
        ordered = sorted(
            [*axes, *(axis - rank for axis in axes)], key=lambda axis: (axis if axis >= 0 else ~axis, axis < 0)
        )
        return context.pick("axis", ordered, self.of)


@dataclasses.dataclass(frozen=True)
class GatherIndex:
    """See `gather_index`."""

    of: str
    dim: str

    def draw(self, context: DrawContext) -> TensorValue:
        """Draw the index's shape, then its elements."""
        shape = _shape_of(self.of, context)
        axis = _axis(self.dim, shape, context)
        sizes = list(shape)
        smaller: bool = bool(shape) and context.pick("smaller", (False, True), "index")
        if smaller:
            sizes = [context.fresh_size((0, n), f"index{i}") for i, n in enumerate(shape)]
        if shape:
            sizes[axis] = context.fresh_size((0, 5), "index")
        bound = shape[axis] if shape else 1
        if bound == 0 and element_count(tuple(sizes)):
            sizes[axis] = 0
        return _indices(tuple(sizes), 0, bound, context)


@dataclasses.dataclass(frozen=True)
class SelectIndex:
    """See `select_index`."""

    of: str
    dim: str

    def draw(self, context: DrawContext) -> TensorValue:
        """Draw the length, then the elements; repeats come by themselves."""
        shape = _shape_of(self.of, context)
        bound = shape[_axis(self.dim, shape, context)] if shape else 1
        length = context.fresh_size((0, 5), "index") if bound else 0
        return _indices((length,), 0, bound, context)


@dataclasses.dataclass(frozen=True)
class IndexTensor:
    """See `index_tensor` and `lengths`."""

    shape: str
    low: Bound
    high: Bound
    sizes: Mapping[str, tuple[int, int]]
    rank: tuple[int, int]
    min_size: int | None = None
    max_size: int | None = None

    def size_bounds(self) -> dict[str, tuple[int, int]]:
        """Return the bounds given for named sizes."""
        return shape_bounds(self.shape, self.sizes, self.min_size, self.max_size)

    def draw(self, context: DrawContext) -> TensorValue:
        """Draw the shape, then elements in low..high - 1; without any such number only an empty tensor will do."""
        default = (self.min_size or 0, 5 if self.max_size is None else self.max_size)
        shape = draw_shape(self.shape, context, default, self.rank)
        low, high = _resolve(self.low, context), _resolve(self.high, context)
        if high <= low and element_count(shape):
            raise Rejected(f"no index lies in {low}..{high - 1}")
        return _indices(shape, low, high, context)


def axis_of(name: str, nonempty: bool = False) -> AxisOf:
    """An axis of an earlier tensor or array: an int in -rank..rank - 1; with `nonempty`, one whose size is not 0.

    >>> from grader.authoring.strategies import sample, tensors
    >>> x, dim = sample({"x": tensors("..."), "dim": axis_of("x")}, seed=2).values()
    >>> -x.ndim <= dim < x.ndim
    True
    """
    return AxisOf(name, nonempty)


def gather_index(name: str, dim: str) -> GatherIndex:
    """An int64 index that `torch.gather` takes for an earlier tensor and axis.

    Sometimes smaller than the tensor in the other dimensions, longer or shorter along the axis, or empty.

    >>> from grader.authoring.strategies import sample, tensors
    >>> spaces = {"x": tensors("..."), "dim": axis_of("x"), "index": gather_index("x", "dim")}
    >>> x, dim, index = sample(spaces, seed=2).values()
    >>> index.ndim == x.ndim and bool((index < x.shape[dim]).all())
    True
    """
    return GatherIndex(name, dim)


def select_index(name: str, dim: str) -> SelectIndex:
    """A 1-d int64 index that `torch.index_select` takes for an earlier tensor and axis: repeated, unsorted or empty.

    >>> from grader.authoring.strategies import sample, tensors
    >>> spaces = {"x": tensors("n m"), "dim": axis_of("x"), "index": select_index("x", "dim")}
    >>> x, dim, index = sample(spaces, seed=1).values()
    >>> index.ndim, bool((index < x.shape[dim]).all())
    (1, True)
    """
    return SelectIndex(name, dim)


def index_tensor(
    shape: str,
    bound: Bound,
    *,
    low: Bound = 0,
    sizes: Mapping[str, tuple[int, int]] | None = None,
    rank: tuple[int, int] = (1, 4),
    min_size: int | None = None,
    max_size: int | None = None,
) -> IndexTensor:
    """An int64 tensor with elements in low..bound - 1.

    `bound` is a number, a size (`"n"`, `"n+1"`) or a function of the earlier arguments
    (`lambda a: a.x.shape[0]`, tensors being numpy arrays). Shapes, and `min_size..max_size` of them, are written as for
    `tensors`.

    >>> from grader.authoring.strategies import sample, tensors
    >>> x, index = sample([tensors("b n d", sizes={"n": (1, 5)}), index_tensor("b k", "n")], seed=1)
    >>> bool((index < x.shape[1]).all())
    True
    """
    tokens(shape)
    check_sizes(sizes or {})
    for limit in (low, bound):
        if isinstance(limit, str):
            names_in(limit)
    return IndexTensor(shape, low, bound, dict(sizes or {}), rank, min_size, max_size)


def lengths(
    shape: str, upto: Bound, *, low: int = 1, sizes: Mapping[str, tuple[int, int]] | None = None
) -> IndexTensor:
    """An int64 tensor of lengths in low..upto, both included; `upto` is written as `index_tensor`'s bound.

    >>> from grader.authoring.strategies import sample, tensors
    >>> x, n = sample([tensors("b t d", sizes={"t": (1, 4)}), lengths("b", "t")], seed=1)
    >>> bool((n >= 1).all() and (n <= x.shape[1]).all())
    True
    """
    if isinstance(upto, str):
        return index_tensor(shape, f"{upto}+1", low=low, sizes=sizes)
    if isinstance(upto, int):
        return index_tensor(shape, upto + 1, low=low, sizes=sizes)
    return index_tensor(shape, lambda earlier: upto(earlier) + 1, low=low, sizes=sizes)


def _shape_of(name: str, context: DrawContext) -> tuple[int, ...]:
    value = context.earlier(name)
    if not isinstance(value, TensorValue | ArrayValue):
        raise AuthorError(f"refers to {name!r}, which is a {type(value).__name__} and no tensor")
    return value.shape


def _axis(name: str, shape: tuple[int, ...], context: DrawContext) -> int:
    dim = context.earlier(name)
    rank = max(len(shape), 1)
    if not isinstance(dim, int) or isinstance(dim, bool) or not -rank <= dim < rank:
        raise AuthorError(f"refers to {name!r} as an axis, but it is {dim!r}", hint='Draw it with axis_of("x").')
    return dim % rank


def _resolve(bound: Bound, context: DrawContext) -> int:
    if isinstance(bound, int):
        return bound
    if isinstance(bound, str):
        return evaluate(bound, context)
    return int(bound(Earlier(context)))


def _indices(shape: tuple[int, ...], low: int, high: int, context: DrawContext) -> TensorValue:
    if element_count(shape) == 0:
        return tensor_value(np.zeros(shape, np.int64))
    if high - low <= 256:
        drawn = (context.numbers(element_count(shape), high - low) + low).reshape(shape)
    else:
        drawn = draw_elements(shape, "int64", context, low=low, high=high - 1)
    return lay_out(drawn, "any", context)
