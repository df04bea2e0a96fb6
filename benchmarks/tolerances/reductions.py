"""Sums, moments, and what is normalised over a dimension."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from benchmarks.tolerances.problem import problem
from grader.authoring import tensors

_X = {"x": tensors("b d", min_size=1)}
_MANY = {"x": tensors("b d", min_size=2)}
_DISTINCT = {"x": tensors("b d", min_size=2, distinct=True)}
_POSITIVE = {"x": tensors("b d", min_size=1, low=0.25)}


def _pairwise(x):
    while x.shape[-1] > 1:
        odd = x[..., -1:] if x.shape[-1] % 2 else x[..., :0]
        even = x[..., : x.shape[-1] // 2 * 2]
        x = torch.cat([even[..., ::2] + even[..., 1::2], odd], -1)
    return x[..., 0]


def _one_by_one(x):
    total = torch.zeros_like(x[..., 0])
    for i in range(x.shape[-1]):
        total = total + x[..., i]
    return total


def _running(x):
    rows, total = [], torch.zeros_like(x[:, 0])
    for i in range(x.shape[1]):
        total = total + x[:, i]
        rows.append(total)
    return torch.stack(rows, 1)


def _welford(x):
    mean, moved = torch.zeros_like(x[:, 0]), torch.zeros_like(x[:, 0])
    for i in range(x.shape[1]):
        off = x[:, i] - mean
        mean = mean + off / (i + 1)
        moved = moved + off * (x[:, i] - mean)
    return moved / (x.shape[1] - 1)


def _by_squares(x):
    n = x.shape[-1]
    return ((x**2).mean(-1) - x.mean(-1) ** 2) * n / (n - 1)


PROBLEMS = (
    problem(
        "sum",
        lambda x: x.sum(-1),
        _X,
        {"pairwise": _pairwise, "loop": _one_by_one, "matmul": lambda x: x @ torch.ones_like(x[0])},
        {"int": lambda x: x.long().sum(-1).to(x.dtype)},
    ),
    problem(
        "mean",
        lambda x: x.mean(-1),
        _X,
        {
            "sum": lambda x: x.sum(-1) / x.shape[-1],
            "scaled first": lambda x: (x / x.shape[-1]).sum(-1),
            "matmul": lambda x: x @ torch.full_like(x[0], 1 / x.shape[-1]),
        },
        {"int": lambda x: x.long().sum(-1) / x.shape[-1], "whole": lambda x: x.sum(-1) // x.shape[-1]},
    ),
    problem(
        "var",
        lambda x: x.var(-1),
        _MANY,
        {
            "formula": lambda x: ((x - x.mean(-1, keepdim=True)) ** 2).sum(-1) / (x.shape[-1] - 1),
            "welford": _welford,
            "pairs": lambda x: (x[:, :, None] - x[:, None]).pow(2).sum((1, 2)) / (2 * x.shape[1] * (x.shape[1] - 1)),
        },
        {"E[x^2] - E[x]^2": _by_squares, "population": lambda x: x.var(-1, correction=0)},
    ),
    problem(
        "std",
        lambda x: x.std(-1),
        _DISTINCT,
        {
            "var": lambda x: x.var(-1).sqrt(),
            "formula": lambda x: (((x - x.mean(-1, keepdim=True)) ** 2).sum(-1) / (x.shape[-1] - 1)) ** 0.5,
            "norm": lambda x: (x - x.mean(-1, keepdim=True)).norm(dim=-1) / (x.shape[-1] - 1) ** 0.5,
        },
        {"eps": lambda x: (x.var(-1) + 1e-3).sqrt()},
    ),
    problem(
        "var of numbers far from 0",
        lambda x: x.var(-1),
        {"x": tensors("b d", min_size=2, low=1000, high=1008)},
        {
            "formula": lambda x: ((x - x.mean(-1, keepdim=True)) ** 2).sum(-1) / (x.shape[-1] - 1),
            "shifted": lambda x: _by_squares(x - x[:, :1]),
            "welford": _welford,
        },
        {"E[x^2] - E[x]^2": _by_squares},
    ),
    problem(
        "logsumexp",
        lambda x: x.logsumexp(-1),
        _X,
        {
            "shifted": lambda x: (m := x.amax(-1)) + (x - m[:, None]).exp().sum(-1).log(),
            "detached": lambda x: (
                (x - (m := x.max(-1, keepdim=True).values.detach())).exp().sum(-1).log() + m.squeeze(-1)
            ),
            "logaddexp": lambda x: torch.logcumsumexp(x, -1)[:, -1],
        },
        {
            "naive": lambda x: x.exp().sum(-1).log(),
            "eps": lambda x: ((x - x.amax(-1, keepdim=True)).exp().sum(-1) + 1e-3).log() + x.amax(-1),
        },
    ),
    problem(
        "softmax",
        lambda x: x.softmax(-1),
        _X,
        {
            "logsumexp": lambda x: torch.exp(x - torch.logsumexp(x, -1, keepdim=True)),
            "shifted": lambda x: (e := (x - x.amax(-1, keepdim=True)).exp()) / e.sum(-1, keepdim=True),
            "log_softmax": lambda x: x.log_softmax(-1).exp(),
        },
        {
            "naive": lambda x: x.exp() / x.exp().sum(-1, keepdim=True),
            "eps": lambda x: (e := (x - x.amax(-1, keepdim=True)).exp()) / (e.sum(-1, keepdim=True) + 1e-4),
        },
    ),
    problem(
        "softmax with a temperature",
        lambda x: (x / 0.7).softmax(-1),
        _X,
        {
            "logsumexp": lambda x: torch.exp(x / 0.7 - torch.logsumexp(x / 0.7, -1, keepdim=True)),
            "after the shift": lambda x: (e := ((x - x.amax(-1, keepdim=True)) / 0.7).exp()) / e.sum(-1, keepdim=True),
            "times": lambda x: F.softmax(x * (1 / 0.7), dim=-1),
        },
        {"naive": lambda x: (x / 0.7).exp() / (x / 0.7).exp().sum(-1, keepdim=True)},
    ),
    problem(
        "log_softmax",
        lambda x: x.log_softmax(-1),
        _X,
        {
            "logsumexp": lambda x: x - x.logsumexp(-1, keepdim=True),
            "shifted": lambda x: (s := x - x.amax(-1, keepdim=True)) - s.exp().sum(-1, keepdim=True).log(),
            "cross entropy": lambda x: torch.stack(
                [-F.cross_entropy(x, torch.full((len(x),), c), reduction="none") for c in range(x.shape[1])], 1
            ),
        },
        {"log of softmax": lambda x: x.softmax(-1).log(), "naive": lambda x: x - x.exp().sum(-1, keepdim=True).log()},
    ),
    problem(
        "cumsum",
        lambda x: x.cumsum(1),
        _X,
        {
            "loop": _running,
            "triangle": lambda x: x @ torch.ones(x.shape[1], x.shape[1], dtype=x.dtype).triu(),
            "from the back": lambda x: x.sum(1, keepdim=True) - x.flip(1).cumsum(1).flip(1) + x,
        },
        {"int": lambda x: x.long().cumsum(1).to(x.dtype)},
    ),
    problem(
        "cumprod",
        lambda x: x.cumprod(1),
        _X,
        {
            "loop": lambda x: torch.stack([x[:, : i + 1].prod(1) for i in range(x.shape[1])], 1),
            "accumulate": lambda x: torch.stack(
                [x[:, 0]] + [torch.stack([x[:, j] for j in range(i + 1)]).prod(0) for i in range(1, x.shape[1])], 1
            ),
            "matrix": lambda x: torch.where(
                torch.ones(x.shape[1], x.shape[1], dtype=torch.bool).tril(), x[:, None], torch.ones_like(x[:, None])
            ).prod(-1),
        },
        {"int": lambda x: x.long().cumprod(1).to(x.dtype)},
    ),
    problem(
        "logcumsumexp",
        lambda x: x.logcumsumexp(1),
        _X,
        {
            "prefixes": lambda x: torch.stack([x[:, : i + 1].logsumexp(1) for i in range(x.shape[1])], 1),
            "shifted": lambda x: torch.stack(
                [
                    (x[:, : i + 1] - (m := x[:, : i + 1].amax(1, keepdim=True))).exp().sum(1).log() + m[:, 0]
                    for i in range(x.shape[1])
                ],
                1,
            ),
            "masked": lambda x: (
                x[:, None]
                .expand(-1, x.shape[1], -1)
                .masked_fill(~torch.ones(x.shape[1], x.shape[1], dtype=torch.bool).tril(), -torch.inf)
                .logsumexp(-1)
            ),
        },
        {"naive": lambda x: x.exp().cumsum(1).log()},
    ),
    problem(
        "vector norm",
        lambda x: x.norm(dim=-1),
        _POSITIVE,
        {
            "formula": lambda x: (x**2).sum(-1).sqrt(),
            "dot": lambda x: torch.stack([torch.dot(row, row) for row in x]) ** 0.5,
            "linalg": lambda x: torch.linalg.vector_norm(x, dim=-1),
        },
        {"eps": lambda x: ((x**2).sum(-1) + 1e-3).sqrt(), "int": lambda x: (x.long() ** 2).sum(-1).to(x.dtype).sqrt()},
    ),
    problem(
        "entropy",
        lambda x: -(x.softmax(-1) * x.log_softmax(-1)).sum(-1),
        _X,
        {
            "logsumexp": lambda x: x.logsumexp(-1) - (x.softmax(-1) * x).sum(-1),
            "categorical": lambda x: torch.distributions.Categorical(logits=x, validate_args=False).entropy(),
            "exp": lambda x: -((s := x - x.logsumexp(-1, keepdim=True)).exp() * s).sum(-1),
        },
        {
            "eps in the log": lambda x: -((p := x.softmax(-1)) * (p + 1e-4).log()).sum(-1),
            "log of softmax": lambda x: -((p := x.softmax(-1)) * p.log()).sum(-1),
        },
    ),
    problem(
        "weighted mean",
        lambda x, w: (x * w).sum(-1) / w.sum(-1),
        {"x": tensors("b d", min_size=1), "w": tensors("b d", min_size=1, low=0.25)},
        {
            "normalised first": lambda x, w: (x * (w / w.sum(-1, keepdim=True))).sum(-1),
            "einsum": lambda x, w: torch.einsum("bd,bd->b", x, w) / torch.einsum("bd->b", w),
            "bmm": lambda x, w: torch.bmm(x[:, None], w[:, :, None])[:, 0, 0] * (1 / w.sum(-1)),
        },
        {"eps": lambda x, w: (x * w).sum(-1) / (w.sum(-1) + 1e-3)},
    ),
    problem(
        "geometric mean",
        lambda x: x.log().mean(-1).exp(),
        _POSITIVE,
        {
            "root": lambda x: x.pow(1 / x.shape[-1]).prod(-1),
            "power of two": lambda x: torch.exp2(torch.log2(x).mean(-1)),
            "sum": lambda x: torch.exp(torch.log(x).sum(-1) / x.shape[-1]),
        },
        {"eps": lambda x: (x + 1e-3).log().mean(-1).exp()},
    ),
)
