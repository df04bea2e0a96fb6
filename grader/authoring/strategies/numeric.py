"""Tensors and numpy arrays with named sizes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Literal

import numpy as np

from grader.authoring.strategies.context import DrawContext
from grader.authoring.strategies.elements import check_dtype, draw_dtype, draw_elements
from grader.authoring.strategies.layouts import lay_out
from grader.authoring.strategies.shapes import check_sizes, draw_shape, shape_bounds, tokens
from grader.records.errors import AuthorError
from grader.records.values import ArrayValue, TensorValue

Layout = Literal["any", "contiguous"]


@dataclasses.dataclass(frozen=True)
class Tensors:
    """See `tensors` and `arrays`."""

    shape: str
    dtype: str
    low: float | None
    high: float | None
    ties: bool
    distinct: bool
    special: tuple[float, ...]
    min_size: int | None
    max_size: int | None
    sizes: Mapping[str, tuple[int, int]]
    rank: tuple[int, int]
    layout: Layout = "contiguous"
    gradient: bool = False
    array: bool = False
    rising: bool = False
    """Whether the elements rise along the last dimension."""

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn, where the author wrote it."""
        tokens(self.shape)
        check_sizes(self.sizes)
        if self.low is not None and self.high is not None and self.low > self.high:
            raise AuthorError(f"low={self.low} is greater than high={self.high}", hint="Swap them.")
        if self.ties and self.distinct:
            raise AuthorError("ties=True and distinct=True exclude each other", hint="Leave one of them out.")
        if not 0 <= self.rank[0] <= self.rank[1]:
            raise AuthorError(f"rank={self.rank}", hint="Give the least and greatest number: rank=(1, 4).")
        if self.layout not in ("any", "contiguous"):
            raise AuthorError(f"layout={self.layout!r}", hint='Use "any" or "contiguous".')

    def size_bounds(self) -> dict[str, tuple[int, int]]:
        """Return the bounds given for named sizes."""
        return shape_bounds(self.shape, self.sizes, self.min_size, self.max_size)

    def draw(self, context: DrawContext) -> TensorValue | ArrayValue:
        """Draw dtype, sizes, elements and layout, in that order."""
        dtype = draw_dtype(self.dtype, context)
        default = (self.min_size or 0, 5 if self.max_size is None else self.max_size)
        shape = draw_shape(self.shape, context, default, self.rank)
        elements = draw_elements(
            shape,
            dtype,
            context,
            low=self.low,
            high=self.high,
            ties=self.ties,
            distinct=self.distinct,
            special=self.special,
        )
        if self.rising and elements.ndim:
            elements = np.sort(elements, axis=-1)
        if self.array:
            return ArrayValue(dtype, shape, elements.tobytes())
        context.differentiable = self.gradient
        return lay_out(elements, self.layout, context)


def tensors(
    shape: str,
    dtype: object = "floating",
    *,
    low: float | None = None,
    high: float | None = None,
    ties: bool = False,
    min_size: int | None = None,
    max_size: int | None = None,
    sizes: Mapping[str, tuple[int, int]] | None = None,
    rank: tuple[int, int] = (1, 4),
    layout: Layout = "any",
    gradient: bool = True,
    distinct: bool = False,
    special: tuple[float, ...] = (),
) -> Tensors:
    """Tensors of a shape whose names are sizes shared by all arguments of the probe.

    `shape` is a string of dimensions: a name (`"b n"`), a size (`"b 3"`), arithmetic on names (`"n+1"`), `...` for any
    number of dimensions or `*name` for several different such runs, `~name` for a size of this argument (or this
    element of a list) alone; `""` is 0-d. The same name, and the same `...`, is the same size in every argument.

    `dtype` is a torch dtype, its name or a family, drawn once per example for all arguments that name it: `"floating"`
    (float32, float64), `"number"` (those and int64), `"any"` (those and bool), `"integer"` (int64, int32).
    `low` and `high` bound the elements; where they leave it open, some examples hold floats above 1000. `ties=True`
    makes equal elements likely, `distinct=True` excludes them, `special` (such as `(math.nan, math.inf)`) puts those
    numbers among floating elements of every second example.
    Sizes lie in `min_size..max_size` (0..5), names in `sizes` within their own bounds; `rank` bounds the tensor's
    whole number of dimensions where `...` leaves it open. `layout="contiguous"` excludes transposed and strided views.
    Unless `gradient=False`, gradients with respect to floating tensors are checked on about every third example, where
    all tensors lie in order.

    Raises `AuthorError` for a malformed shape, an unknown dtype or bounds that cannot hold.

    >>> from grader.authoring.strategies import sample
    >>> left, right = sample([tensors("b i k"), tensors("b k j")], seed=3)
    >>> left.shape[0] == right.shape[0] and left.shape[2] == right.shape[1] and left.dtype == right.dtype
    True
    """
    limits = (low, high, ties, distinct, tuple(special), min_size, max_size, dict(sizes or {}), rank)
    return Tensors(shape, check_dtype(dtype), *limits, layout=layout, gradient=gradient)


def increasing(
    shape: str,
    dtype: object = "floating",
    *,
    strict: bool = True,
    low: float | None = None,
    high: float | None = None,
    min_size: int | None = None,
    max_size: int | None = None,
    sizes: Mapping[str, tuple[int, int]] | None = None,
    layout: Layout = "any",
    gradient: bool = True,
) -> Tensors:
    """Tensors that rise along their last dimension, such as the edges of buckets; unless `strict`, elements repeat.

    Everything else as for `tensors`.

    >>> from grader.authoring.strategies import sample
    >>> edges = sample(increasing("k", "int64", sizes={"k": (3, 5)}), seed=1)
    >>> bool((edges[1:] > edges[:-1]).all())
    True
    """
    limits = (low, high, not strict, strict, (), min_size, max_size, dict(sizes or {}), (1, 4))
    return Tensors(shape, check_dtype(dtype), *limits, layout=layout, gradient=gradient, rising=True)


def arrays(
    shape: str,
    dtype: object = "floating",
    *,
    low: float | None = None,
    high: float | None = None,
    ties: bool = False,
    min_size: int | None = None,
    max_size: int | None = None,
    sizes: Mapping[str, tuple[int, int]] | None = None,
    rank: tuple[int, int] = (1, 4),
    distinct: bool = False,
    special: tuple[float, ...] = (),
) -> Tensors:
    """Numpy arrays, always row-major; everything else as for `tensors`.

    >>> from grader.authoring.strategies import sample
    >>> image = sample(arrays("h w 3", dtype="uint8", min_size=1), seed=1)
    >>> image.dtype.name, image.shape[2]
    ('uint8', 3)
    """
    limits = (low, high, ties, distinct, tuple(special), min_size, max_size, dict(sizes or {}), rank)
    return Tensors(shape, check_dtype(dtype), *limits, array=True)
