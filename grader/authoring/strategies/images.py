"""Images of object ids and boolean masks."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from grader.authoring.strategies.context import DrawContext, Rejected
from grader.authoring.strategies.convert import tensor_value
from grader.authoring.strategies.layouts import lay_out
from grader.authoring.strategies.shapes import check_sizes, draw_shape, shape_bounds, tokens
from grader.records.values import TensorValue, element_count

_PALETTES = ((0,), (0, 1), (0, 0, 1, 2), (0, 2, 5), (3,), (0, 1, 2, 3, 7), (4, 9), (0, 0, 300, 3000), (0, 255, 256))
_DENSITIES = (1, 1, 2, 3, 64, 200)


@dataclasses.dataclass(frozen=True)
class IdsImage:
    """See `ids_image`."""

    shape: str
    sizes: Mapping[str, tuple[int, int]]

    def size_bounds(self) -> dict[str, tuple[int, int]]:
        """Return the bounds given for named sizes."""
        return shape_bounds(self.shape, self.sizes, None, None)

    def draw(self, context: DrawContext) -> TensorValue:
        """Draw the sizes, which ids occur, and an id for each pixel."""
        shape = draw_shape(self.shape, context)
        palette = np.array(context.pick("palette", _PALETTES), np.int64)
        choice = context.numbers(element_count(shape), len(palette))
        return lay_out(palette[choice].reshape(shape), "any", context)


@dataclasses.dataclass(frozen=True)
class BooleanMasks:
    """See `boolean_masks`."""

    shape: str
    sizes: Mapping[str, tuple[int, int]]

    def size_bounds(self) -> dict[str, tuple[int, int]]:
        """Return the bounds given for named sizes."""
        return shape_bounds(self.shape, self.sizes, None, None)

    def draw(self, context: DrawContext) -> TensorValue:
        """Draw the sizes and, mask by mask, how many pixels are on and which."""
        shape = draw_shape(self.shape, context)
        count, pixels = (shape[0], element_count(shape[1:])) if shape else (1, 1)
        if count and not pixels:
            raise Rejected("a mask without pixels is empty")
        masks = np.zeros((count, pixels), np.bool_)
        for mask in masks:
            density = context.pick("density", _DENSITIES)
            if density > 3:
                mask[:] = context.numbers(pixels, 256) >= 256 - density
            for _ in range(min(density, 3)):
                mask[context.pick("pixel", range(pixels))] = True
        if masks.size == 0:
            return tensor_value(np.zeros(shape, np.bool_))
        return lay_out(masks.reshape(shape), "any", context)


def ids_image(shape: str = "h w", *, sizes: Mapping[str, tuple[int, int]] | None = None) -> IdsImage:
    """An int64 image of object ids: 0 is background, ids have gaps and may exceed 255, there may be no object at all.

    >>> from grader.authoring.strategies import sample
    >>> ids = sample(ids_image("h w"), seed=3)
    >>> ids.ndim, bool((ids >= 0).all())
    (2, True)
    """
    tokens(shape)
    check_sizes(sizes or {})
    return IdsImage(shape, dict(sizes or {}))


def boolean_masks(shape: str = "n h w", *, sizes: Mapping[str, tuple[int, int]] | None = None) -> BooleanMasks:
    """Bool masks along the first dimension, each with at least one True: often one pixel, or few; possibly no mask.

    >>> from grader.authoring.strategies import sample
    >>> masks = sample(boolean_masks("n h w"), seed=3)
    >>> bool(masks.any((1, 2)).all())
    True
    """
    tokens(shape)
    check_sizes(sizes or {})
    return BooleanMasks(shape, dict(sizes or {}))
