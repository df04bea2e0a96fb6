"""Checks of the assignment layers: softmax, dropout, pooling, interpolation, convolution, a folded batch norm."""

import math
from typing import Any

import torch
from torch import nn

from grader.authoring import axis_of, booleans, choices, derived, exercise, integers, just, lawful, tensors
from grader.authoring.vocabulary.calls import gradients, leaf
from grader.authoring.vocabulary.state import snapshot

# softmax ----------------------------------------------------------------------------------------------------------


@exercise(
    points=2,
    bans=["torch.*softmax*", "torch.*softmin*"],
    hints=[
        "Take the greatest score of each row off its scores: the greatest exponent is then exp(0) = 1.",
        "amax and sum need keepdim=True, so that they broadcast against x.",
    ],
)
def softmax(submission: Any, x: Any = tensors("...", low=-16, high=16), dim: Any = axis_of("x", nonempty=True)) -> Any:
    return submission.softmax(x, dim)


def _with_a_finite_score(x: Any, dim: int) -> Any:
    """Make the first score of each row finite."""
    across = [-1 if axis == dim % x.dim() else 1 for axis in range(x.dim())]
    first = torch.arange(x.shape[dim], device=x.device).reshape(across) == 0
    return torch.where(first & x.isinf(), -3.0, x)


# exp(x - logsumexp(x)) is right too; its exponent is rounded to the spacing of float32 at the greatest score, which is
# 6e-5 below 1000 and 0.001 at 10000.
@softmax.also(examples=50, rtol=2e-4, atol=2e-4)
def softmax_of_large_scores(
    submission: Any,
    x: Any = tensors("...", low=-4, high=4, special=(95.0, 300.0, 900.0, -900.0, 898.5)),
    dim: Any = axis_of("x", nonempty=True),
) -> Any:
    return submission.softmax(x, dim)


@softmax.also(examples=40, rtol=4e-3, atol=4e-3)
def softmax_of_huge_scores(
    submission: Any,
    x: Any = tensors("...", low=-4, high=4, special=(1e4, 9999.0, 9998.5, -1e4)),
    dim: Any = axis_of("x", nonempty=True),
) -> Any:
    return submission.softmax(x, dim)


@softmax.also(examples=40)
def softmax_of_masked_scores(
    submission: Any,
    x: Any = tensors("...", low=-4, high=4, special=(-math.inf,), gradient=False),
    dim: Any = axis_of("x", nonempty=True),
) -> Any:
    scores = leaf(_with_a_finite_score(x, dim))
    shares = submission.softmax(scores, dim)
    weights = torch.arange(1, shares.numel() + 1, dtype=shares.dtype, device=shares.device).reshape(shares.shape)
    return {"softmax": shares.detach(), "gradient": gradients(shares, [scores], weights)}


@softmax.also(examples=20)
def softmax_of_one_finite_score(
    submission: Any,
    n: Any = integers(1, 4),
    place: Any = derived(lambda earlier: integers(0, earlier.n - 1)),
    score: Any = choices(-2.0, 0.0, 90.0, -900.0),
    double: Any = booleans(),
) -> Any:
    x = torch.full((2, n), -math.inf, dtype=torch.float64 if double else torch.float32)
    x[:, place] = score
    return submission.softmax(x, -1)


# dropout ----------------------------------------------------------------------------------------------------------


@exercise(
    points=3,
    rng="off",
    bans=["torch.*dropout*"],
    hints=[
        "torch.rand_like(x) >= p is True with probability 1 - p.",
        "x * mask / (1 - p): autograd then takes the same mask backwards.",
        "p = 1: nothing is kept, and 1 / (1 - p) is not needed.",
    ],
)
def dropout(
    submission: Any,
    x: Any = tensors("...", rank=(0, 4)),
    p: Any = choices(0.0, 0.1, 0.5, 0.75, 1.0),
) -> Any:
    return submission.dropout(x, p, False)


@dropout.also(rng="off", requires_grad="off", examples=60)
def nothing_or_all_dropped(
    submission: Any, x: Any = tensors("...", rank=(0, 4), gradient=False), p: Any = choices(0.0, 1.0, 0, 1)
) -> Any:
    given = leaf(x)
    result = submission.dropout(given, p, True)
    weights = torch.arange(1, x.numel() + 1, dtype=x.dtype, device=x.device).reshape(x.shape)
    # Zeros that were not computed from x have no gradient, which is the same as zeros.
    found = gradients(result, [given], weights) if result.requires_grad else [torch.zeros_like(x)]
    return {"output": result.detach(), "gradient": found}


_SIDE = 100


def _numbers(double: bool) -> Any:
    """Return a square of numbers of which none is 0."""
    return (torch.arange(_SIDE * _SIDE, dtype=torch.float64 if double else torch.float32) % 97 + 1).reshape(_SIDE, -1)


@dropout.also(rng="off", examples=12)
def some_dropped(submission: Any, p: Any = choices(0.1, 0.3, 0.5, 0.8), double: Any = booleans()) -> Any:
    x = leaf(_numbers(double))
    first, second = submission.dropout(x, p, True), submission.dropout(x, p, True)
    found = gradients(first, [x], torch.ones_like(first))[0]
    return {
        "first": lawful(first.detach()),
        "second": lawful(second.detach()),
        "gradient": lawful(found),
        "x afterwards": x.detach().clone(),
    }


@some_dropped.law("every entry is either 0 or the input divided by 1 - p")
def _(example: Any, observed: Any) -> Any:
    x = _numbers(example.double)
    for output in (observed["first"], observed["second"]):
        if output.shape != x.shape or output.dtype != x.dtype:
            return f"got {output.dtype} {tuple(output.shape)} for {x.dtype} {tuple(x.shape)}"
        scaled = output * (1 - example.p) / x
        if not bool(((scaled == 0) | ((scaled - 1).abs() < 1e-4)).all()):
            return f"an entry is {float(scaled.max()):.4g} times what it should be if it is kept"
    return True


# Kept entries are sums of independent ones: the share of n is off by more than e with a probability of at most
# 2 exp(-2 n e²) (Hoeffding). For all 10000, e = 0.04 gives 3e-14; for the 100 of one row or column, e = 0.4 gives
# 3e-14, too. With 402 such sums in each of 12 examples that is 1e-10 for a whole submission.
@some_dropped.law("the share of kept entries is near 1 - p, in the whole as in every row and column")
def _(example: Any, observed: Any) -> Any:
    for output in (observed["first"], observed["second"]):
        kept = (output != 0).double()
        share = float(kept.mean())
        if abs(share - (1 - example.p)) > 0.04:
            return f"{share:.3f} of the entries are kept where p is {example.p}"
        for dim in (0, 1):
            furthest = float((kept.mean(dim) - (1 - example.p)).abs().max())
            if furthest > 0.4:
                return "whole rows or columns are kept or dropped together"
    return True


# Two masks of 10000 entries are equal with a probability of (p² + (1 - p)²)^10000, at p = 0.1 less than 1e-800.
@some_dropped.law("each call draws a new mask")
def _(example: Any, observed: Any) -> Any:
    return not torch.equal(observed["first"] != 0, observed["second"] != 0)


@some_dropped.law("the gradient uses the same mask and the same scale as the output")
def _(example: Any, observed: Any) -> Any:
    x = _numbers(example.double)
    return bool(torch.allclose(observed["gradient"], observed["first"] / x, rtol=1e-4, atol=1e-6))


# Neighbours are independent: the share of pairs in which both are kept is (1 - p)². Pairs that do not overlap are
# independent of each other, 5000 of them, so that e = 0.06 has a probability of at most 3e-16 (Hoeffding again).
@some_dropped.law("neighbours are dropped independently of each other")
def _(example: Any, observed: Any) -> Any:
    kept = (observed["first"] != 0).double()
    for pairs in (kept[:, ::2] * kept[:, 1::2], kept[::2] * kept[1::2]):
        if abs(float(pairs.mean()) - (1 - example.p) ** 2) > 0.06:
            return "whether an entry is dropped tells of its neighbour"
    return True


# adaptive_avg_pool2d ----------------------------------------------------------------------------------------------

_PLANES = tensors("n c h w", sizes={"n": (0, 2), "c": (1, 3), "h": (1, 7), "w": (1, 7)})
_PAIRS = derived(lambda earlier: choices(*((h, w) for h in (3, 1, 2, 5, 4, 7, 6) for w in (2, 5, 1, 3, 7))))
_ANY_SIZE = derived(lambda earlier: choices(*((h, w) for h in (3, 1, 2, 5, 4, 7) for w in (2, 5, 1, 3)), 1, 2, 3, 5))


def _size(size: Any, as_list: bool) -> Any:
    return list(size) if as_list and not isinstance(size, int) else size


@exercise(
    points=3,
    bans=["torch.nn.functional.adaptive_avg_pool2d", "torch.nn.AdaptiveAvgPool2d"],
    hints=[
        "One dimension first: which input rows does output row i average, for 5 to 3?",
        "The start is rounded down, the end is rounded up: -(-a // b) rounds up.",
        "The mean over a window is a mean over two dimensions; stack the means.",
    ],
)
def adaptive_avg_pool2d(submission: Any, x: Any = _PLANES, size: Any = _ANY_SIZE) -> Any:
    return submission.adaptive_avg_pool2d(x, size)


@adaptive_avg_pool2d.also(examples=30)
def pool_one_picture(
    submission: Any, x: Any = tensors("c h w", sizes={"c": (1, 3), "h": (1, 9), "w": (1, 9)}), size: Any = _PAIRS
) -> Any:
    return submission.adaptive_avg_pool2d(x, size)


# interpolate_nearest and interpolate_bilinear ---------------------------------------------------------------------

_RESIZING = [
    "torch.nn.functional.interpolate",
    "torch.*upsample*",
    "torch.nn.Upsample",
    "torch.nn.UpsamplingNearest2d",
    "torch.nn.UpsamplingBilinear2d",
]
# From the first to the second, the product in float32 lies on the other side of a whole number than the exact one.
_ROUNDED = ((26, 22), (14, 46), (26, 44), (28, 46), (30, 58), (39, 33))


@exercise(
    points=2,
    bans=_RESIZING,
    hints=[
        "Two index tensors, one for rows, one for columns: x[..., rows, :][..., columns].",
        "torch.arange(h) * (H / h), then long(): that is float32, as torch computes it.",
    ],
)
def interpolate_nearest(submission: Any, x: Any = _PLANES, size: Any = _ANY_SIZE) -> Any:
    return submission.interpolate_nearest(x, size)


@interpolate_nearest.also(examples=30)
def nearest_where_rounding_decides(
    submission: Any,
    sizes: Any = choices(*_ROUNDED),
    rows: Any = booleans(),
    double: Any = booleans(),
) -> Any:
    length, wanted = sizes
    line = torch.arange(length, dtype=torch.float64 if double else torch.float32)
    if rows:
        return submission.interpolate_nearest(line.reshape(1, 1, length, 1), (wanted, 1))
    return submission.interpolate_nearest(line.reshape(1, 1, 1, length), (1, wanted))


# Whether the places are computed in float32 or in the dtype of x is free.
@exercise(
    points=3,
    rtol=1e-4,
    atol=1e-4,
    bans=_RESIZING,
    hints=[
        "Write a function for the last dimension, and use it twice with a transpose in between.",
        "left = place.long(), right = left + 1 (at most the last), share = place - left.",
        "Without align_corners a place can be negative: clamp it to 0 before you take the floor.",
        "With align_corners and one output pixel, h - 1 is 0: the place is 0.",
    ],
)
def interpolate_bilinear(
    submission: Any,
    x: Any = tensors("n c h w", low=-8, high=8, sizes={"n": (0, 2), "c": (1, 3), "h": (1, 6), "w": (1, 6)}),
    size: Any = _ANY_SIZE,
    align_corners: Any = booleans(),
) -> Any:
    return submission.interpolate_bilinear(x, size, align_corners)


@interpolate_bilinear.also(examples=30, rtol=1e-4, atol=1e-4)
def bilinear_to_a_single_pixel(
    submission: Any,
    x: Any = tensors("n c h w", low=-8, high=8, sizes={"n": (1, 2), "c": (1, 2), "h": (1, 6), "w": (1, 6)}),
    size: Any = choices((1, 1), (1, 3), (4, 1), 1),
    align_corners: Any = booleans(),
) -> Any:
    return submission.interpolate_bilinear(x, size, align_corners=align_corners)


# conv2d -----------------------------------------------------------------------------------------------------------

_ONE_OR_TWO = choices(1, 2, (1, 2), (2, 1), 3, (3, 2))
_PADDING = choices(0, 1, (0, 1), (1, 0), 2, (2, 1))


@exercise(
    points=3,
    rtol=1e-4,
    atol=1e-4,
    bans=["torch.conv2d", "torch.nn.Conv2d", "torch.*convolution*"],
    hints=[
        "nn.functional.unfold(x, (kh, kw), padding=..., stride=...) gives (N, C * kh * kw, windows).",
        "weight.flatten(1) has the rows that fit: (O, C * kh * kw).",
        "There are (H + 2 * padding - kh) // stride + 1 rows of windows.",
    ],
)
def conv2d(
    submission: Any,
    x: Any = tensors("n c h+a w+b", low=-4, high=4, sizes={"n": (0, 2), "c": (1, 3), "a": (0, 4), "b": (0, 4)}),
    weight: Any = tensors("o c h w", low=-4, high=4, sizes={"o": (1, 3), "h": (1, 3), "w": (1, 3)}),
    bias: Any = tensors("o", low=-4, high=4),
    stride: Any = _ONE_OR_TWO,
    padding: Any = _PADDING,
) -> Any:
    return submission.conv2d(x, weight, bias, stride, padding)


@conv2d.also(examples=40, rtol=1e-4, atol=1e-4)
def conv2d_without_bias(
    submission: Any,
    x: Any = tensors("n c h+a w+b", low=-4, high=4, sizes={"n": (1, 2), "c": (1, 3), "a": (0, 3), "b": (0, 3)}),
    weight: Any = tensors("o c h w", low=-4, high=4, sizes={"o": (1, 3), "h": (1, 3), "w": (1, 3)}),
    stride: Any = _ONE_OR_TWO,
    padding: Any = _PADDING,
) -> Any:
    return submission.conv2d(x, weight, None, stride, padding)


# fold_batchnorm ---------------------------------------------------------------------------------------------------


def _give(tensor: Any, generator: Any, positive: bool = False) -> None:
    """Fill a tensor with quarters, which for a variance are positive."""
    drawn = torch.randint(-7, 8, tensor.shape, generator=generator) / 4
    tensor.data.copy_(drawn.abs() + 0.25 if positive else drawn)


def _pair(options: dict[str, Any], seed: int) -> tuple[Any, Any, Any]:
    """Return a convolution and a batch norm in eval mode, with readable numbers, and an input."""
    with torch.random.fork_rng(devices=[]):
        conv = nn.Conv2d(**options["conv"])
        bn = nn.BatchNorm2d(conv.out_channels, eps=options["eps"], affine=options["affine"])
    generator = torch.Generator().manual_seed(seed)
    for parameter in (*conv.parameters(), *bn.parameters()):
        _give(parameter, generator)
    _give(bn.running_mean, generator)
    _give(bn.running_var, generator, positive=True)
    x = torch.randint(-7, 8, (2, conv.in_channels, 5, 6), generator=generator) / 4
    dtype = torch.float64 if options["double"] else torch.float32
    return conv.to(dtype).eval(), bn.to(dtype).eval(), x.to(dtype)


_CONVOLUTIONS = choices(
    {"in_channels": 2, "out_channels": 3, "kernel_size": 3},
    {"in_channels": 2, "out_channels": 3, "kernel_size": 3, "bias": False},
    {"in_channels": 4, "out_channels": 2, "kernel_size": (3, 2), "groups": 2, "stride": (2, 1)},
    {"in_channels": 2, "out_channels": 4, "kernel_size": 1, "groups": 2, "bias": False},
    {"in_channels": 3, "out_channels": 3, "kernel_size": 3, "groups": 3, "padding": 1},
    {"in_channels": 1, "out_channels": 2, "kernel_size": 2, "dilation": 2, "padding": (1, 0), "bias": False},
    {"in_channels": 2, "out_channels": 1, "kernel_size": 3, "padding": 1, "padding_mode": "reflect"},
    {"in_channels": 2, "out_channels": 2, "kernel_size": 3, "padding": "same", "padding_mode": "circular"},
)


def _folded(submission: Any, options: dict[str, Any], seed: int) -> dict[str, Any]:
    conv, bn, x = _pair(options, seed)
    folded = submission.fold_batchnorm(conv, bn)
    with torch.no_grad():
        output = folded.eval()(x)
        for parameter in folded.parameters():
            parameter.fill_(9.0)
    return {
        "is a Conv2d": isinstance(folded, nn.Conv2d),
        "modules in it": len(list(folded.children())),
        "output": output,
        "has a bias": folded.bias is not None,
        "conv afterwards": snapshot(conv),
        "bn afterwards": snapshot(bn),
        "conv(x) afterwards": conv(x).detach(),
        "bn trains afterwards": bn.training,
    }


@exercise(
    points=3,
    rtol=1e-3,
    atol=1e-3,
    requires_grad="off",
    rng="off",
    examples=60,
    hints=[
        "scale = bn.weight / sqrt(bn.running_var + bn.eps), one number for each output channel.",
        "The new weight is conv.weight times scale, and scale must stand on dimension 0: reshape(-1, 1, 1, 1).",
        "The new bias is (conv.bias - bn.running_mean) * scale + bn.bias; what is None of these counts as 0 or 1.",
        "copy.deepcopy(conv) keeps groups, stride, padding and the like.",
    ],
)
def fold_batchnorm(
    submission: Any,
    conv: Any = _CONVOLUTIONS,
    affine: Any = booleans(),
    eps: Any = choices(1e-5, 0.5),
    double: Any = booleans(),
    seed: Any = integers(0, 999),
) -> Any:
    return _folded(submission, {"conv": conv, "affine": affine, "eps": eps, "double": double}, seed)


@fold_batchnorm.also(rtol=1e-3, atol=1e-3, requires_grad="off", rng="off", examples=15)
def fold_into_a_single_filter(
    submission: Any,
    bias: Any = booleans(),
    affine: Any = just(True),
    eps: Any = choices(1e-5, 1e-3),
    seed: Any = integers(0, 999),
) -> Any:
    conv = {"in_channels": 1, "out_channels": 1, "kernel_size": 3, "bias": bias}
    return _folded(submission, {"conv": conv, "affine": affine, "eps": eps, "double": False}, seed)
