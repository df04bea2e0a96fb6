# Write your answers here and run `grader check indexing`; indexing.ipynb holds the same tasks with explanations.

import torch
from torch import Tensor


def gather_along(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """Pick from x (rank 1 to 4, any dtype) along dim as `torch.gather` does; index is int64 and of the same rank.

    The result has the shape of index and the dtype of x; index may be smaller than x in the other dimensions. dim may
    be negative. Without `gather` and `take_along_dim`.
    """
    raise NotImplementedError


def index_select_along(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """Select slices of x (any rank from 1, any dtype) along dim by the 1-d int64 index, as `torch.index_select` does.

    A slice may be named several times, and index may be empty. Without `index_select`, `take` and `gather`.
    """
    raise NotImplementedError


def diagonal_2d(x: Tensor) -> Tensor:
    """Return the main diagonal, of shape (min(H, W),), of x (H, W), any dtype.

    With `gather`; without `diag`, `diagonal` and `einsum`.
    """
    raise NotImplementedError


def diagonal_3d(x: Tensor) -> Tensor:
    """Return each plane's main diagonal, of shape (C, min(H, W)), of x (C, H, W), any dtype.

    With `gather`; without `diag`, `diagonal` and `einsum`. A channel dimension of size 1 stays.
    """
    raise NotImplementedError


def last_valid(x: Tensor, lengths: Tensor) -> Tensor:
    """Return step `length - 1` of each row, of shape (B, D): x is (B, T, D), lengths is int64 (B,) with values 1..T.

    Padding influences neither the result nor the gradient.
    """
    raise NotImplementedError


def pick_rows(x: Tensor, index: Tensor) -> Tensor:
    """Return the chosen rows, of shape (B, K, D), of x (B, N, D); index is int64 (B, K) with values 0..N-1."""
    raise NotImplementedError


def one_hot(labels: Tensor, num_classes: int) -> Tensor:
    """Return int64 zeros of shape `labels.shape + (num_classes,)` with a 1 at each label; labels are int64, 0-d too.

    With `scatter`, `scatter_`, `scatter_add` or `scatter_add_`; without `torch.nn.functional.one_hot` and `torch.eye`.
    """
    raise NotImplementedError


def label_nll(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the mean of minus log-softmax at the label, 0-d: floating logits (N, C), N >= 1, int64 labels (N,).

    Logits of a thousand give no infinity and no NaN. Without `cross_entropy` and `nll_loss`, functions or modules.
    """
    raise NotImplementedError


def masks_from_ids(ids: Tensor) -> Tensor:
    """Return bool masks (N, H, W), one for each id other than 0 present in the int64 image ids (H, W), ids rising.

    Ids may have gaps. Without background each id has its mask all the same; without an object the result is (0, H, W).
    """
    raise NotImplementedError


def boxes_from_masks(masks: Tensor) -> Tensor:
    """Return float32 boxes (N, 4) as x_min, y_min, x_max, y_max of bool masks (N, H, W), none of them empty.

    x counts columns and y rows; the last pixel is included, so that a single pixel has equal corners. No mask gives
    (0, 4).
    """
    raise NotImplementedError
