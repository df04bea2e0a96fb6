"""Ways to lay a tensor out in memory: contiguous, transposed, every second element, a window of wider rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.authoring.strategies.context import DrawContext
from grader.records.values import TensorValue

LAYOUTS = (*15 * ("contiguous",), "transposed", "stepped", "window")
"""Most tensors lie in order; a corner asks for each of the others."""


def lay_out(array: np.ndarray[Any, Any], layout: str, context: DrawContext) -> TensorValue:
    """Return the array as a tensor: contiguous, or a view of a larger storage when `layout` is "any"."""
    if layout == "contiguous" or array.size == 0 or array.ndim == 0:
        return TensorValue(array.dtype.name, array.shape, array.tobytes())
    return arrange(array, context.pick("layout", LAYOUTS))


def arrange(array: np.ndarray[Any, Any], layout: str) -> TensorValue:
    """Return a tensor equal to a non-empty array of rank 1 or more in the layout named.

    >>> value = arrange(np.array([[1, 2], [3, 4]]), "transposed")
    >>> value.strides, np.frombuffer(value.data, "int64").tolist()
    ((1, 2), [1, 3, 2, 4])
    """
    name = array.dtype.name
    if layout == "contiguous" or (layout == "transposed" and array.ndim < 2):
        return TensorValue(name, array.shape, array.tobytes())
    offset = 0
    if layout == "transposed":
        storage = np.ascontiguousarray(array.T)
        view = storage.T
    else:
        # Elements between those of the view differ from all of them, so that reading the storage in order shows.
        step = 2 if layout == "stepped" else 1
        # Rows begin at even places, so that pairs of floats can be seen as complex numbers as in an ordinary tensor.
        width = (array.shape[-1] * step + 3) // 2 * 2
        storage = np.full((*array.shape[:-1], width), 1 if name == "bool" else 77, array.dtype)
        offset = 3 - step
        view = storage[..., offset : offset + array.shape[-1] * step : step]
        view[...] = array
    strides = tuple(stride // array.itemsize for stride in view.strides)
    return TensorValue(name, array.shape, storage.tobytes(), strides=strides, offset=offset)
