"""Right answers to the assignment layers in other styles than the reference's: all of them must pass."""

import copy
import math

import torch
from torch import Tensor, nn

from grader.authoring import alternative


@alternative("layers.softmax")
def by_logsumexp(x: Tensor, dim: int) -> Tensor:
    return torch.exp(x - torch.logsumexp(x, dim, keepdim=True))


@alternative("layers.softmax")
def by_max_and_division(x: Tensor, dim: int) -> Tensor:
    shifted = x - torch.max(x, dim=dim, keepdim=True).values.detach()
    exps = torch.exp(shifted)
    return torch.div(exps, torch.sum(exps, dim=dim, keepdim=True))


@alternative("layers.dropout")
def by_bernoulli(x: Tensor, p: float, training: bool) -> Tensor:
    if not training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x) * x
    return x * torch.bernoulli(torch.full_like(x, 1 - p)) / (1 - p)


@alternative("layers.dropout")
def by_where(x: Tensor, p: float, training: bool) -> Tensor:
    if not training:
        return x
    kept = torch.rand(x.shape) < 1 - p
    return torch.where(kept, x / max(1 - p, 1e-12), torch.zeros_like(x))


@alternative("layers.adaptive_avg_pool2d")
def cell_by_cell(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    h, w = (size, size) if isinstance(size, int) else size
    height, width = x.shape[-2:]
    result = x.new_zeros(*x.shape[:-2], h, w)
    for i in range(h):
        for j in range(w):
            top, bottom = math.floor(i * height / h), math.ceil((i + 1) * height / h)
            left, right = math.floor(j * width / w), math.ceil((j + 1) * width / w)
            result[..., i, j] = x[..., top:bottom, left:right].mean(dim=(-1, -2))
    return result


@alternative("layers.adaptive_avg_pool2d")
def by_matrices(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    def averaging(length: int, pieces: int) -> Tensor:
        matrix = torch.zeros(pieces, length, dtype=x.dtype)
        for i in range(pieces):
            start, end = i * length // pieces, ((i + 1) * length + pieces - 1) // pieces
            matrix[i, start:end] = 1 / (end - start)
        return matrix

    h, w = (size, size) if isinstance(size, int) else size
    return averaging(x.shape[-2], h) @ x @ averaging(x.shape[-1], w).T


@alternative("layers.interpolate_bilinear")
def by_four_corners(x: Tensor, size: int | tuple[int, int], align_corners: bool) -> Tensor:
    def places(length: int, wanted: int) -> Tensor:
        steps = torch.arange(wanted, dtype=x.dtype)
        if align_corners:
            return steps * ((length - 1) / (wanted - 1)) if wanted > 1 else steps * 0
        return torch.clamp((steps + 0.5) * length / wanted - 0.5, min=0)

    h, w = (size, size) if isinstance(size, int) else size
    y, z = places(x.shape[2], h), places(x.shape[3], w)
    top, left = y.floor().long(), z.floor().long()
    bottom, right = (top + 1).clamp(max=x.shape[2] - 1), (left + 1).clamp(max=x.shape[3] - 1)
    down, across = (y - top)[:, None], z - left

    def corner(rows: Tensor, columns: Tensor) -> Tensor:
        return x[:, :, rows[:, None], columns]

    upper = corner(top, left) * (1 - across) + corner(top, right) * across
    lower = corner(bottom, left) * (1 - across) + corner(bottom, right) * across
    return upper * (1 - down) + lower * down


@alternative("layers.interpolate_bilinear")
def rows_first_by_lerp(x: Tensor, size: int | tuple[int, int], align_corners: bool) -> Tensor:
    def resized(x: Tensor, dim: int, wanted: int) -> Tensor:
        length = x.shape[dim]
        steps = torch.arange(wanted, dtype=x.dtype)
        if align_corners:
            places = steps * ((length - 1) / max(1, wanted - 1))
        else:
            places = torch.relu((steps + 0.5) * (length / wanted) - 0.5)
        low = places.to(torch.int64)
        high = torch.minimum(low + 1, torch.tensor(length - 1))
        share = (places - low).reshape([-1 if axis == dim else 1 for axis in range(4)])
        return torch.lerp(x.index_select(dim, low), x.index_select(dim, high), share)

    h, w = (size, size) if isinstance(size, int) else size
    return resized(resized(x, 2, h), 3, w)


@alternative("layers.conv2d")
def by_shifted_pictures(
    x: Tensor, weight: Tensor, bias: Tensor | None, stride: int | tuple[int, int], padding: int | tuple[int, int]
) -> Tensor:
    down, across = (stride, stride) if isinstance(stride, int) else stride
    top, side = (padding, padding) if isinstance(padding, int) else padding
    x = nn.functional.pad(x, (side, side, top, top))
    height = (x.shape[2] - weight.shape[2]) // down + 1
    width = (x.shape[3] - weight.shape[3]) // across + 1
    result = x.new_zeros(x.shape[0], weight.shape[0], height, width)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            part = x[:, :, i : i + down * (height - 1) + 1 : down, j : j + across * (width - 1) + 1 : across]
            result = result + torch.einsum("nchw,oc->nohw", part, weight[:, :, i, j])
    return result if bias is None else result + bias.reshape(1, -1, 1, 1)


@alternative("layers.conv2d")
def by_windows(
    x: Tensor, weight: Tensor, bias: Tensor | None, stride: int | tuple[int, int], padding: int | tuple[int, int]
) -> Tensor:
    down, across = (stride, stride) if isinstance(stride, int) else stride
    top, side = (padding, padding) if isinstance(padding, int) else padding
    x = nn.functional.pad(x, (side, side, top, top))
    windows = x.unfold(2, weight.shape[2], down).unfold(3, weight.shape[3], across)
    result = torch.tensordot(windows, weight, dims=([1, 4, 5], [1, 2, 3])).permute(0, 3, 1, 2)
    return result if bias is None else result + bias[:, None, None]


@alternative("layers.fold_batchnorm")
def by_a_new_layer(conv: nn.Conv2d, bn: nn.BatchNorm2d) -> nn.Conv2d:
    made = nn.Conv2d(
        conv.in_channels,
        conv.out_channels,
        conv.kernel_size,
        conv.stride,
        conv.padding,
        conv.dilation,
        conv.groups,
        bias=True,
        padding_mode=conv.padding_mode,
        dtype=conv.weight.dtype,
    )
    gamma = torch.ones_like(bn.running_mean) if bn.weight is None else bn.weight
    beta = torch.zeros_like(bn.running_mean) if bn.bias is None else bn.bias
    before = torch.zeros_like(bn.running_mean) if conv.bias is None else conv.bias
    scale = gamma / torch.sqrt(bn.running_var + bn.eps)
    with torch.no_grad():
        made.weight.copy_(conv.weight * scale[:, None, None, None])
        made.bias.copy_(beta + (before - bn.running_mean) * scale)
    return made


@alternative("layers.fold_batchnorm")
def by_a_copy(conv: nn.Conv2d, bn: nn.BatchNorm2d) -> nn.Conv2d:
    folded = copy.deepcopy(conv)
    with torch.no_grad():
        scale = 1 / (bn.running_var + bn.eps) ** 0.5
        shift = -bn.running_mean * scale
        if bn.weight is not None:
            scale, shift = scale * bn.weight, shift * bn.weight
        if bn.bias is not None:
            shift = shift + bn.bias
        weight = torch.einsum("oikl,o->oikl", conv.weight, scale)
        bias = shift if conv.bias is None else conv.bias * scale + shift
    folded.weight, folded.bias = nn.Parameter(weight), nn.Parameter(bias.clone())
    return folded
