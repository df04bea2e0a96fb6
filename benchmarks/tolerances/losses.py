"""Losses."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F

from benchmarks.tolerances.problem import problem
from grader.authoring import index_tensor, tensors

_PAIR = {"x": tensors("b d", min_size=1), "y": tensors("b d", min_size=1, gradient=False)}
_CLASSES = {"x": tensors("n c", min_size=1), "t": index_tensor("n", "c")}
_LOGITS = {"x": tensors("n", min_size=1), "t": tensors("n", low=0, high=1, min_size=1, gradient=False)}
_SHARES = {
    "x": tensors("n", low=0.0625, high=0.9375, min_size=1),
    "t": tensors("n", low=0, high=1, min_size=1, gradient=False),
}


def _picked(x, t):
    return x.gather(1, t[:, None])[:, 0]


def _huber(x, y, delta=1.0):
    d = x - y
    return torch.where(d.abs() <= delta, 0.5 * d * d, delta * (d.abs() - 0.5 * delta)).mean()


def _smoothed(x, t, by=0.1):
    wanted = F.one_hot(t, x.shape[1]).to(x.dtype) * (1 - by) + by / x.shape[1]
    return -(wanted * x.log_softmax(1)).sum(1).mean()


PROBLEMS = (
    problem(
        "mse_loss",
        F.mse_loss,
        _PAIR,
        {
            "formula": lambda x, y: ((x - y) ** 2).mean(),
            "norm": lambda x, y: (x - y).square().sum() / x.numel(),
            "dot": lambda x, y: torch.dot((x - y).flatten(), (x - y).flatten()).div(x.numel()),
        },
        {
            "expanded": lambda x, y: (x**2).mean() - 2 * (x * y).mean() + (y**2).mean(),
            "int": lambda x, y: ((x - y).long() ** 2).to(x.dtype).mean(),
        },
    ),
    problem(
        "l1_loss",
        F.l1_loss,
        _PAIR,
        {
            "abs": lambda x, y: (x - y).abs().mean(),
            "sum": lambda x, y: torch.abs(y - x).sum() / x.numel(),
            "sign": lambda x, y: ((x - y) * (x - y).sign()).mean(),
        },
        {"int": lambda x, y: (x - y).long().abs().to(x.dtype).mean()},
    ),
    problem(
        "huber_loss",
        F.huber_loss,
        _PAIR,
        {
            "where": _huber,
            "clamp": lambda x, y: ((a := (x - y).abs()), (q := a.clamp(max=1)), (0.5 * q**2 + (a - q)).mean())[-1],
            "smooth_l1": lambda x, y: F.smooth_l1_loss(x, y),
        },
        {"another delta": lambda x, y: _huber(x, y, 1.01)},
    ),
    problem(
        "smooth_l1_loss, beta 0.5",
        lambda x, y: F.smooth_l1_loss(x, y, beta=0.5),
        _PAIR,
        {
            "where": lambda x, y: torch.where((d := (x - y).abs()) < 0.5, 0.5 * d**2 / 0.5, d - 0.25).mean(),
            "huber": lambda x, y: F.huber_loss(x, y, delta=0.5) / 0.5,
            "two parts": lambda x, y: (
                (((d := x - y).abs() < 0.5) * d * d + (d.abs() >= 0.5) * (d.abs() - 0.25)).sum() / x.numel()
            ),
        },
        {"another beta": lambda x, y: F.smooth_l1_loss(x, y, beta=0.51)},
    ),
    problem(
        "cross_entropy",
        F.cross_entropy,
        _CLASSES,
        {
            "log_softmax": lambda x, t: -_picked(x.log_softmax(1), t).mean(),
            "logsumexp": lambda x, t: (x.logsumexp(1) - _picked(x, t)).mean(),
            "one hot": lambda x, t: -(F.one_hot(t, x.shape[1]) * x.log_softmax(1)).sum() / len(x),
        },
        {
            "log of softmax": lambda x, t: -_picked(x.softmax(1).log(), t).mean(),
            "naive": lambda x, t: (x.exp().sum(1).log() - _picked(x, t)).mean(),
            "eps in the log": lambda x, t: -_picked((x.softmax(1) + 1e-3).log(), t).mean(),
        },
    ),
    problem(
        "cross_entropy, smoothed",
        lambda x, t: F.cross_entropy(x, t, label_smoothing=0.1),
        _CLASSES,
        {
            "soft targets": _smoothed,
            "two terms": lambda x, t: (
                -0.9 * _picked(x.log_softmax(1), t).mean() - 0.1 * x.log_softmax(1).mean(1).mean()
            ),
            "logsumexp": lambda x, t: (x.logsumexp(1) - 0.9 * _picked(x, t) - 0.1 * x.mean(1)).mean(),
        },
        {"another share": lambda x, t: _smoothed(x, t, 0.1001)},
    ),
    problem(
        "nll_loss",
        lambda x, t: F.nll_loss(x, t),
        _CLASSES,
        {
            "gather": lambda x, t: -_picked(x, t).mean(),
            "index": lambda x, t: -x[torch.arange(len(x)), t].sum() / len(x),
            "one hot": lambda x, t: -(F.one_hot(t, x.shape[1]).to(x.dtype) * x).sum() / x.shape[0],
        },
        {"int": lambda x, t: -_picked(x.long(), t).to(x.dtype).mean()},
    ),
    problem(
        "binary_cross_entropy",
        F.binary_cross_entropy,
        _SHARES,
        {
            "formula": lambda x, t: -(t * x.log() + (1 - t) * (1 - x).log()).mean(),
            "log1p": lambda x, t: -(t * torch.log(x) + (1 - t) * torch.log1p(-x)).sum() / len(x),
            "logits": lambda x, t: F.binary_cross_entropy_with_logits(torch.logit(x), t),
        },
        {"eps": lambda x, t: -(t * (x + 1e-3).log() + (1 - t) * (1 - x + 1e-3).log()).mean()},
    ),
    problem(
        "bce_with_logits",
        F.binary_cross_entropy_with_logits,
        _LOGITS,
        {
            "logsigmoid": lambda x, t: -(t * F.logsigmoid(x) + (1 - t) * F.logsigmoid(-x)).mean(),
            "softplus": lambda x, t: (F.softplus(x) - x * t).mean(),
            "logaddexp": lambda x, t: (torch.logaddexp(x, torch.zeros_like(x)) - t * x).mean(),
        },
        {
            "log of sigmoid": lambda x, t: -(t * x.sigmoid().log() + (1 - t) * (1 - x.sigmoid()).log()).mean(),
            "naive": lambda x, t: (torch.log(1 + x.exp()) - x * t).mean(),
        },
    ),
    problem(
        "kl_div",
        lambda x, y: F.kl_div(x.log_softmax(1), y.softmax(1), reduction="batchmean"),
        {"x": tensors("b d", min_size=1), "y": tensors("b d", min_size=1)},
        {
            "formula": lambda x, y: ((p := y.softmax(1)) * (y.log_softmax(1) - x.log_softmax(1))).sum() / len(p),
            "cross entropy": lambda x, y: (
                F.cross_entropy(x, y.softmax(1)) + (y.softmax(1) * y.log_softmax(1)).sum(1).mean()
            ),
            "log target": lambda x, y: F.kl_div(
                x.log_softmax(1), y.log_softmax(1), reduction="batchmean", log_target=True
            ),
        },
        {"log of softmax": lambda x, y: ((p := y.softmax(1)) * (p.log() - x.softmax(1).log())).sum() / len(p)},
    ),
    problem(
        "focal loss",
        lambda x, t: ((1 - (p := _picked(x.log_softmax(1), t)).exp()) ** 2 * -p).mean(),
        _CLASSES,
        {
            "cross entropy": lambda x, t: (
                (1 - torch.exp(-(ce := F.cross_entropy(x, t, reduction="none")))) ** 2 * ce
            ).mean(),
            "softmax": lambda x, t: ((1 - _picked(x.softmax(1), t)).pow(2) * (x.logsumexp(1) - _picked(x, t))).mean(),
            "expm1": lambda x, t: (torch.expm1(p := _picked(x.log_softmax(1), t)).square() * -p).sum() / len(x),
        },
        {"log of softmax": lambda x, t: ((1 - (p := _picked(x.softmax(1), t))) ** 2 * -p.log()).mean()},
    ),
    problem(
        "gaussian_nll_loss",
        lambda x, y, v: F.gaussian_nll_loss(x, y, v),
        {**_PAIR, "v": tensors("b d", min_size=1, low=0.25)},
        {
            "formula": lambda x, y, v: (0.5 * (v.log() + (x - y) ** 2 / v)).mean(),
            "split": lambda x, y, v: 0.5 * v.log().mean() + 0.5 * ((x - y) ** 2 / v).mean(),
            "distribution": lambda x, y, v: (
                -torch.distributions.Normal(x, v.sqrt(), validate_args=False).log_prob(y) - 0.5 * math.log(2 * math.pi)
            ).mean(),
        },
        {"eps": lambda x, y, v: (0.5 * ((v + 1e-3).log() + (x - y) ** 2 / (v + 1e-3))).mean()},
    ),
    problem(
        "poisson_nll_loss",
        lambda x, y: F.poisson_nll_loss(x, y),
        {"x": tensors("b d", min_size=1, low=-4, high=4), "y": tensors("b d", min_size=1, low=0, gradient=False)},
        {
            "formula": lambda x, y: (x.exp() - y * x).mean(),
            "split": lambda x, y: x.exp().mean() - (x * y).mean(),
            "power": lambda x, y: (math.e**x - torch.mul(x, y)).sum() / x.numel(),
        },
        {"few digits of e": lambda x, y: (2.718**x - y * x).mean()},
    ),
    problem(
        "triplet margin, squared",
        lambda a, p, n: F.softplus((a - p).square().sum(1) - (a - n).square().sum(1)).mean(),
        {name: tensors("b d", min_size=1) for name in "apn"},
        {
            "einsum": lambda a, p, n: F.softplus(
                torch.einsum("bd,bd->b", a - p, a - p) - torch.einsum("bd,bd->b", a - n, a - n)
            ).mean(),
            "logaddexp": lambda a, p, n: torch.logaddexp(
                ((a - p) ** 2).sum(1) - ((a - n) ** 2).sum(1), torch.zeros_like(a[:, 0])
            ).mean(),
            "factored": lambda a, p, n: F.softplus(((n - p) * (2 * a - p - n)).sum(1)).mean(),
        },
        {"naive": lambda a, p, n: (1 + ((a - p).square().sum(1) - (a - n).square().sum(1)).exp()).log().mean()},
    ),
)
