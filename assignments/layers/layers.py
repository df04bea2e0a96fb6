# Write your answers here and run `grader check layers`; layers.ipynb holds the same tasks with explanations.

import copy

import torch
from torch import Tensor, nn


def softmax(x: Tensor, dim: int) -> Tensor:
    """Return the softmax of floating x along dim, accurate for scores of 10000, too; each row has a finite score.

    x has rank 1 or more and is not empty along dim, which may be negative. Scores of -inf get 0, and no NaN.
    """
    raise NotImplementedError


def dropout(x: Tensor, p: float, training: bool) -> Tensor:
    """In training set each entry of x to 0 with probability p (0 to 1) and divide the others by 1 - p; else return x.

    Each entry is drawn on its own, anew in each call; the gradient uses the same mask. p = 1 gives zeros.
    """
    raise NotImplementedError


def adaptive_avg_pool2d(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """Average x (N, C, H, W) or (C, H, W) into (..., h, w) as `nn.functional.adaptive_avg_pool2d` does.

    size is (h, w), or one int for both; all of H, W, h, w are at least 1, and h and w may be greater than H and W.
    """

    raise NotImplementedError


def interpolate_nearest(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """Resize x (N, C, H, W) to (N, C, h, w) as `nn.functional.interpolate` does with mode="nearest".

    size is (h, w), or one int for both; all of H, W, h, w are at least 1. The place of the source, i * (H / h), is
    rounded as float32 rounds it before its floor is taken.
    """

    raise NotImplementedError


def interpolate_bilinear(x: Tensor, size: int | tuple[int, int], align_corners: bool) -> Tensor:
    """Resize x (N, C, H, W) to (N, C, h, w) as `nn.functional.interpolate` does with mode="bilinear".

    size is (h, w), or one int for both; all of H, W, h, w are at least 1. An output size of 1 takes the first pixel
    with align_corners, and the middle without.
    """

    raise NotImplementedError


def conv2d(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: int | tuple[int, int],
    padding: int | tuple[int, int],
) -> Tensor:
    """Return what `nn.functional.conv2d` returns for x (N, C, H, W), weight (O, C, kh, kw) and bias (O,) or None.

    stride and padding are an int or a pair (rows, columns); the padded picture is at least as large as the filter.
    """
    raise NotImplementedError


def fold_batchnorm(conv: nn.Conv2d, bn: nn.BatchNorm2d) -> nn.Conv2d:
    """Return one new nn.Conv2d, with a bias, that gives what bn(conv(x)) gives in eval mode; conv and bn stay as they
    are and share no memory with it.

    conv may have no bias, bn no weight and bias; groups, stride, padding, dilation and padding mode are kept.
    """
    raise NotImplementedError
