"""Typical wrong answers to the assignment layers, each with what to say to the student."""

import copy

import torch
from torch import Tensor, nn

from grader.authoring import mistake


@mistake("layers.softmax")
def overflowing(x: Tensor, dim: int) -> Tensor:
    """exp of a score above 88 is infinite in float32, and the result NaN: take the greatest score of each row off
    first."""
    return x.exp() / x.exp().sum(dim, keepdim=True)


@mistake("layers.softmax")
def greatest_of_all(x: Tensor, dim: int) -> Tensor:
    """You take off the greatest score of the whole tensor: a row that lies far below it becomes 0 / 0. Take each row's
    own."""
    powers = (x - x.max()).exp() if x.numel() else x
    return powers / powers.sum(dim, keepdim=True)


@mistake("layers.softmax")
def mean_taken_off(x: Tensor, dim: int) -> Tensor:
    """Taking off the mean does not help: the greatest score can be far above it, and a score of -inf makes it NaN."""
    powers = (x - x.mean(dim, keepdim=True)).exp()
    return powers / powers.sum(dim, keepdim=True)


@mistake("layers.softmax")
def last_dimension_summed(x: Tensor, dim: int) -> Tensor:
    """You normalise over the last dimension, whatever `dim` says."""
    powers = (x - x.amax(-1, keepdim=True)).exp()
    return powers / powers.sum(-1, keepdim=True)


@mistake("layers.softmax")
def logarithm_returned(x: Tensor, dim: int) -> Tensor:
    """This is the logarithm of the softmax."""
    return x - x.logsumexp(dim, keepdim=True)


@mistake("layers.softmax")
def with_a_small_number(x: Tensor, dim: int) -> Tensor:
    """A small number in the divisor keeps the shares from summing to 1, and it is not needed: the sum is at least 1."""
    powers = (x - x.amax(dim, keepdim=True)).exp()
    return powers / (powers.sum(dim, keepdim=True) + 1e-2)


@mistake("layers.dropout")
def not_scaled(x: Tensor, p: float, training: bool) -> Tensor:
    """What is kept must be divided by 1 - p, or the mean gets smaller in training than in evaluation."""
    return x * (torch.rand_like(x) >= p) if training else x


@mistake("layers.dropout")
def also_in_evaluation(x: Tensor, p: float, training: bool) -> Tensor:
    """You drop entries in evaluation, too: with training=False the input comes back as it is."""
    return x * (torch.rand_like(x) >= p) / (1 - p) if p < 1 else x * 0


@mistake("layers.dropout")
def kept_with_probability_p(x: Tensor, p: float, training: bool) -> Tensor:
    """p is the probability to drop an entry: you keep it with that probability."""
    if not training or p == 0:
        return x
    return x * (torch.rand_like(x) < p) / p


@mistake("layers.dropout")
def zero_by_zero(x: Tensor, p: float, training: bool) -> Tensor:
    """For p = 1 you divide by 0: everything is dropped, and the result is 0 everywhere, not NaN."""
    return x * (torch.rand_like(x) >= p) / torch.tensor(1 - p, dtype=x.dtype) if training else x


@mistake("layers.dropout")
def whole_rows(x: Tensor, p: float, training: bool) -> Tensor:
    """Whole rows are kept or dropped together: each entry is drawn on its own."""
    if not training:
        return x
    keep = torch.rand(x.shape[:1] + (1,) * (x.dim() - 1)) >= p
    return x * keep / (1 - p) if p < 1 else x * 0


@mistake("layers.dropout")
def always_the_same_mask(x: Tensor, p: float, training: bool) -> Tensor:
    """The same mask comes in every call: draw a new one each time, without setting a seed."""
    if not training:
        return x
    keep = torch.rand(x.shape, generator=torch.Generator().manual_seed(0)) >= p
    return x * keep / (1 - p) if p < 1 else x * 0


@mistake("layers.dropout")
def gradient_unmasked(x: Tensor, p: float, training: bool) -> Tensor:
    """The gradient does not go through the mask: multiply x itself with it, and change nothing unseen."""
    if not training:
        return x
    keep = torch.rand_like(x) >= p
    return x + (x * keep / (1 - p) - x).detach() if p < 1 else x * 0


def _pooled(x: Tensor, size: int | tuple[int, int], starts: object, ends: object) -> Tensor:
    height, width = (size, size) if isinstance(size, int) else size
    rows = [slice(starts(i, x.shape[-2], height), ends(i, x.shape[-2], height)) for i in range(height)]
    columns = [slice(starts(i, x.shape[-1], width), ends(i, x.shape[-1], width)) for i in range(width)]
    return torch.stack([torch.stack([x[..., r, c].mean((-2, -1)) for c in columns], -1) for r in rows], -2)


@mistake("layers.adaptive_avg_pool2d")
def without_overlap(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """Your windows do not overlap: the end is rounded up, so that 5 to 3 has the windows 0-1, 1-3 and 3-4."""
    return _pooled(x, size, lambda i, n, k: i * n // k, lambda i, n, k: max((i + 1) * n // k, i * n // k + 1))


@mistake("layers.adaptive_avg_pool2d")
def windows_of_one_size(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """All your windows are equally long: how long one is follows from where it begins and ends."""
    return _pooled(x, size, lambda i, n, k: i * n // k, lambda i, n, k: min(n, i * n // k + -(-n // k)))


@mistake("layers.adaptive_avg_pool2d")
def one_too_many(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """Your windows reach one entry too far where the end is a whole number: round it up, do not add 1."""
    return _pooled(x, size, lambda i, n, k: i * n // k, lambda i, n, k: min(n, (i + 1) * n // k + 1))


@mistake("layers.adaptive_avg_pool2d")
def greatest_taken(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """You take the greatest entry of each window: the mean is asked for."""
    return nn.functional.adaptive_max_pool2d(x, size)


@mistake("layers.adaptive_avg_pool2d")
def width_first(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """size is (height, width): you take it the other way round."""
    other = size if isinstance(size, int) else (size[1], size[0])
    return _pooled(x, other, lambda i, n, k: i * n // k, lambda i, n, k: -(-(i + 1) * n // k))


@mistake("layers.interpolate_nearest")
def exact_product(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """Whole numbers, i * H // h, are more exact than torch: it multiplies in float32, and from 26 to 22 that rounding
    decides one pixel."""
    height, width = (size, size) if isinstance(size, int) else size
    rows = torch.arange(height) * x.shape[-2] // height
    columns = torch.arange(width) * x.shape[-1] // width
    return x[..., rows, :][..., columns]


@mistake("layers.interpolate_nearest")
def centres_rounded(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """You look from the centre of the output pixel: that is mode "nearest-exact". Here the place is i * (H / h)."""
    return nn.functional.interpolate(x, size, mode="nearest-exact")


@mistake("layers.interpolate_nearest")
def nearest_width_first(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """size is (height, width): you take it the other way round."""
    return nn.functional.interpolate(x, size if isinstance(size, int) else (size[1], size[0]))


@mistake("layers.interpolate_nearest")
def rounded_to_the_nearest(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """The place is rounded down: you round it to the nearest whole number."""
    height, width = (size, size) if isinstance(size, int) else size
    rows = (torch.arange(height) * (x.shape[-2] / height)).round().long().clamp(max=x.shape[-2] - 1)
    columns = (torch.arange(width) * (x.shape[-1] / width)).round().long().clamp(max=x.shape[-1] - 1)
    return x[..., rows, :][..., columns]


@mistake("layers.interpolate_bilinear")
def corners_always_aligned(x: Tensor, size: int | tuple[int, int], align_corners: bool) -> Tensor:
    """You align the corners in either case: without align_corners the place is (i + 0.5) * (H / h) - 0.5."""
    return nn.functional.interpolate(x, size, mode="bilinear", align_corners=True)


@mistake("layers.interpolate_bilinear")
def corners_never_aligned(x: Tensor, size: int | tuple[int, int], align_corners: bool) -> Tensor:
    """You never align the corners: with align_corners the place is i * (H - 1) / (h - 1)."""
    return nn.functional.interpolate(x, size, mode="bilinear", align_corners=False)


@mistake("layers.interpolate_bilinear")
def nothing_mixed(x: Tensor, size: int | tuple[int, int], align_corners: bool) -> Tensor:
    """Each output pixel is a copy of one input pixel: mix the neighbours by how near they are."""
    return nn.functional.interpolate(x, size, mode="nearest")


def _mixed(x: Tensor, wanted: int, align_corners: bool, least: float, single: float | None) -> Tensor:
    length = x.shape[-1]
    steps = torch.arange(wanted, dtype=x.dtype)
    if not align_corners:
        places = ((steps + 0.5) * (length / wanted) - 0.5).clamp(min=least)
    elif wanted == 1:
        places = steps + (steps / 0 if single is None else single * (length - 1))
    else:
        places = steps * ((length - 1) / (wanted - 1))
    left = places.floor().nan_to_num().long().clamp(0, length - 1)
    share = places - places.floor()
    return x[..., left] * (1 - share) + x[..., (left + 1).clamp(max=length - 1)] * share


def _bilinear(x: Tensor, size: int | tuple[int, int], align: bool, least: float, single: float | None) -> Tensor:
    height, width = (size, size) if isinstance(size, int) else size
    x = _mixed(x, width, align, least, single).transpose(-1, -2)
    return _mixed(x, height, align, least, single).transpose(-1, -2)


@mistake("layers.interpolate_bilinear")
def divided_by_zero(x: Tensor, size: int | tuple[int, int], align_corners: bool) -> Tensor:
    """With align_corners and an output size of 1 you divide by 0: the place is 0 then."""
    return _bilinear(x, size, align_corners, 0.0, None)


@mistake("layers.interpolate_bilinear")
def middle_for_a_single_pixel(x: Tensor, size: int | tuple[int, int], align_corners: bool) -> Tensor:
    """With align_corners a single output pixel is the first one, not the middle."""
    return _bilinear(x, size, align_corners, 0.0, 0.5)


@mistake("layers.interpolate_bilinear")
def below_the_first_pixel(x: Tensor, size: int | tuple[int, int], align_corners: bool) -> Tensor:
    """A place below 0 is 0: at the border you mix the first two pixels where the first alone counts."""
    return _bilinear(x, size, align_corners, -1.0, 0.0)


@mistake("layers.conv2d")
def bias_demanded(x: Tensor, weight: Tensor, bias: Tensor | None, stride: object, padding: object) -> Tensor:
    """bias may be None: then nothing is added."""
    return nn.functional.conv2d(x, weight, None, stride, padding) + bias.reshape(-1, 1, 1)


@mistake("layers.conv2d")
def filters_turned(x: Tensor, weight: Tensor, bias: Tensor | None, stride: object, padding: object) -> Tensor:
    """You turn the filters by 180 degrees: what the field calls a convolution does not, it slides them as they are."""
    return nn.functional.conv2d(x, weight.flip(2, 3), bias, stride, padding)


@mistake("layers.conv2d")
def stride_ignored(x: Tensor, weight: Tensor, bias: Tensor | None, stride: object, padding: object) -> Tensor:
    """The stride is not used: the windows are that far apart."""
    return nn.functional.conv2d(x, weight, bias, 1, padding)


@mistake("layers.conv2d")
def padding_ignored(x: Tensor, weight: Tensor, bias: Tensor | None, stride: object, padding: object) -> Tensor:
    """The padding is not used: put so many rows and columns of zeros around the picture first."""
    return nn.functional.conv2d(x, weight, bias, stride)


@mistake("layers.conv2d")
def pair_taken_the_other_way(x: Tensor, weight: Tensor, bias: Tensor | None, stride: object, padding: object) -> Tensor:
    """stride and padding are (rows, columns): you take a pair the other way round."""
    stride, padding = (pair if isinstance(pair, int) else (pair[1], pair[0]) for pair in (stride, padding))
    return nn.functional.conv2d(x, weight, bias, stride, padding)


def _fold(conv: nn.Conv2d, bn: nn.BatchNorm2d, scale: Tensor, shift: Tensor) -> nn.Conv2d:
    """Fold: the output of the convolution times scale plus shift."""
    folded = copy.deepcopy(conv)
    before = 0 if conv.bias is None else conv.bias.detach()
    folded.weight = nn.Parameter(conv.weight.detach() * scale.detach().reshape(-1, 1, 1, 1))
    folded.bias = nn.Parameter((before * scale + shift).detach())
    return folded


def _line(bn: nn.BatchNorm2d, eps: float | None = None) -> tuple[Tensor, Tensor]:
    scale = (bn.running_var + (bn.eps if eps is None else eps)).rsqrt()
    scale = scale if bn.weight is None else scale * bn.weight
    return scale, -bn.running_mean * scale + (0 if bn.bias is None else bn.bias)


@mistake("layers.fold_batchnorm")
def bias_of_the_convolution_not_scaled(conv: nn.Conv2d, bn: nn.BatchNorm2d) -> nn.Conv2d:
    """The convolution's own bias goes through the batch norm, too: scale it like the filters."""
    scale, shift = _line(bn)
    folded = _fold(conv, bn, scale, shift)
    if conv.bias is not None:
        folded.bias = nn.Parameter((conv.bias + shift).detach())
    return folded


@mistake("layers.fold_batchnorm")
def eps_forgotten(conv: nn.Conv2d, bn: nn.BatchNorm2d) -> nn.Conv2d:
    """bn.eps is missing beside the variance under the root: it need not be small."""
    return _fold(conv, bn, *_line(bn, 0.0))


@mistake("layers.fold_batchnorm")
def affine_demanded(conv: nn.Conv2d, bn: nn.BatchNorm2d) -> nn.Conv2d:
    """A batch norm with affine=False has no weight and no bias: both are None, which counts as 1 and 0."""
    scale = bn.weight * (bn.running_var + bn.eps).rsqrt()
    return _fold(conv, bn, scale, bn.bias - bn.running_mean * scale)


@mistake("layers.fold_batchnorm")
def options_lost(conv: nn.Conv2d, bn: nn.BatchNorm2d) -> nn.Conv2d:
    """Padding, dilation or groups of the convolution are lost: make the new one with all of them, or copy."""
    folded = nn.Conv2d(conv.in_channels, conv.out_channels, conv.kernel_size, conv.stride, groups=conv.groups)
    copied = _fold(conv, bn, *_line(bn))
    folded.weight, folded.bias = copied.weight, copied.bias
    return folded


@mistake("layers.fold_batchnorm")
def folded_in_place(conv: nn.Conv2d, bn: nn.BatchNorm2d) -> nn.Conv2d:
    """You write into the convolution that you were given: return a new one, the originals stay as they are."""
    scale, shift = _line(bn)
    before = 0 if conv.bias is None else conv.bias.detach()
    conv.weight.data *= scale.detach().reshape(-1, 1, 1, 1)
    conv.bias = nn.Parameter((before * scale + shift).detach())
    return conv


@mistake("layers.fold_batchnorm")
def variance_not_rooted(conv: nn.Conv2d, bn: nn.BatchNorm2d) -> nn.Conv2d:
    """You divide by the variance: the standard deviation, its root, is asked for."""
    scale = 1 / (bn.running_var + bn.eps) * (1 if bn.weight is None else bn.weight)
    return _fold(conv, bn, scale, -bn.running_mean * scale + (0 if bn.bias is None else bn.bias))
