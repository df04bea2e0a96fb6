# Write your answers here and run `grader check tensors`; tensors.ipynb holds the same tasks with explanations.

import numpy as np
import torch
from torch import Tensor


def max_along(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Return (values, indices): the maximum of x along dim, and an int64 index at which it stands.

    x is floating or int64, of rank 1 or more, and not empty along dim, which may be negative. Both results have the
    shape of x without dim; values has the dtype of x and passes gradients to the entries chosen. Any tied index is
    right.
    """
    raise NotImplementedError


def argmax_keepdim(x: Tensor, dim: int) -> Tensor:
    """Return the int64 index of a maximum of x along dim, which stays with size 1; any tied index is right.

    x is floating or int64, of rank 1 or more, and not empty along dim, which may be negative.
    """
    raise NotImplementedError


def copy_from_numpy(a: np.ndarray) -> Tensor:
    """Return a fresh tensor of the shape, dtype and values of a, which shares no memory with it; a may be a view."""
    raise NotImplementedError


def share_with_numpy(a: np.ndarray) -> Tensor:
    """Return a tensor of the shape and dtype of a that shares its memory, so that either sees what is written to the
    other; a may be a transposed or strided view."""
    raise NotImplementedError


def channel_scale(x: Tensor, v: Tensor) -> Tensor:
    """Return x (C, H, W) with channel c multiplied by v[c]; v (C,) has the dtype of x, floating or int64."""
    raise NotImplementedError


def image_to_batch(image: np.ndarray) -> Tensor:
    """Turn a uint8 BGR image (H, W, 3), which may be a view, into an RGB batch (1, 3, H, W), float32 in [0, 1]."""
    raise NotImplementedError


def tile(x: Tensor, *reps: int) -> Tensor:
    """Return what `x.repeat(*reps)` returns: x (any rank, any dtype), reps[i] times along dimension i of the result.

    There are at least as many reps as dimensions; the last ones belong to the dimensions of x, those before them make
    new dimensions in front. A rep may be 0.
    """
    raise NotImplementedError


def split_sizes(n: int, chunks: int) -> list[int]:
    """Return the sizes, as ints, of the pieces that `torch.chunk` makes of a dimension of size n >= 0; chunks >= 1.

    A dimension of size 0 gives `chunks` empty pieces.
    """
    raise NotImplementedError


def tensor_split_sizes(n: int, sections: int) -> list[int]:
    """Return the sizes, as ints, of the pieces that `torch.tensor_split` makes of a dimension of size n >= 0;
    sections >= 1, and there are always as many pieces."""
    raise NotImplementedError


def squeeze_keep_batch(x: Tensor) -> Tensor:
    """Drop every dimension of size 1 except dimension 0, whatever its size; x has rank 1 or more, any dtype."""
    raise NotImplementedError


def masked_mean(x: Tensor, mask: Tensor, dim: int) -> Tensor:
    """Return the mean over dim, which is dropped, of the entries of x where mask is True, and 0 where none is.

    x is floating, mask is bool of the same shape. Hidden entries, NaN and infinity included, change neither the result
    nor the gradient, which is 0 there. dim may be negative or of size 0. The dtype stays.
    """
    raise NotImplementedError
