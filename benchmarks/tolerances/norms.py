"""Normalisations."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from benchmarks.tolerances.problem import problem
from grader.authoring import tensors

_X = {"x": tensors("b d", min_size=1)}
_XW = {"x": tensors("b d", min_size=1), "w": tensors("d", min_size=1)}
_XWB = {**_XW, "b": tensors("d", min_size=1)}
_BATCH = {"x": tensors("n d", min_size=2), "w": tensors("d", min_size=2), "b": tensors("d", min_size=2)}
_NEAR = {name: tensors(shape, min_size=2, low=-8, high=8) for name, shape in (("x", "n d"), ("w", "d"), ("b", "d"))}
_IMAGES = {"x": tensors("n c h w", sizes={"n": (1, 2), "c": (1, 3), "h": (2, 4), "w": (2, 3)})}


def _layer(x, w, b, eps=1e-5):
    return (x - x.mean(-1, keepdim=True)) / torch.sqrt(x.var(-1, correction=0, keepdim=True) + eps) * w + b


def _layer_by_squares(x, w, b):
    mean = x.mean(-1, keepdim=True)
    variance = (x * x).mean(-1, keepdim=True) - mean**2
    return (x - mean) / torch.sqrt(variance.clamp(min=0) + 1e-5) * w + b


def _batch(x, w, b, correction=0):
    mean, var = x.mean(0), x.var(0, correction=correction)
    return (x - mean) * torch.rsqrt(var + 1e-5) * w + b


def _batch_by_affine(x, w, b):
    scale = w / torch.sqrt(((x - x.mean(0)) ** 2).mean(0) + 1e-5)
    return x * scale + (b - x.mean(0) * scale)


def _group(x, eps=1e-5):
    n, c, h, w = x.shape
    rows = x.reshape(n, 1, -1)
    mean = rows.mean(-1, keepdim=True)
    return ((rows - mean) / torch.sqrt(((rows - mean) ** 2).mean(-1, keepdim=True) + eps)).reshape(n, c, h, w)


def _instance(x, eps=1e-5):
    mean = x.mean((2, 3), keepdim=True)
    return (x - mean) / (x.var((2, 3), correction=0, keepdim=True) + eps).sqrt()


PROBLEMS = (
    problem(
        "layer_norm",
        lambda x, w, b: F.layer_norm(x, w.shape, w, b),
        _XWB,
        {
            "formula": _layer,
            "rsqrt": lambda x, w, b: (
                (x - x.mean(-1, keepdim=True)) * torch.rsqrt(x.var(-1, unbiased=False, keepdim=True) + 1e-5) * w + b
            ),
            "centred": lambda x, w, b: (
                w * (c := x - x.mean(-1, keepdim=True)) / ((c * c).mean(-1, keepdim=True) + 1e-5).sqrt() + b
            ),
        },
        {
            "no eps": lambda x, w, b: _layer(x, w, b, 0.0),
            "eps outside the root": lambda x, w, b: (
                (x - x.mean(-1, keepdim=True)) / (x.var(-1, correction=0, keepdim=True).add(1e-14).sqrt() + 1e-5) * w
                + b
            ),
            "another eps": lambda x, w, b: _layer(x, w, b, 1e-6),
            "E[x^2] - E[x]^2": _layer_by_squares,
        },
    ),
    problem(
        "rms_norm",
        lambda x, w: F.rms_norm(x, w.shape, w, eps=1e-5),
        _XW,
        {
            "formula": lambda x, w: w * x / torch.sqrt((x**2).mean(-1, keepdim=True) + 1e-5),
            "rsqrt": lambda x, w: x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * w,
            "sum": lambda x, w: x / ((x * x).sum(-1, keepdim=True) / x.shape[-1] + 1e-5) ** 0.5 * w,
        },
        {
            "no eps": lambda x, w: w * x / torch.sqrt((x**2).mean(-1, keepdim=True) + 1e-30),
            "another eps": lambda x, w: w * x / torch.sqrt((x**2).mean(-1, keepdim=True) + 1e-6),
            "eps outside the root": lambda x, w: w * x / (((x**2).mean(-1, keepdim=True) + 1e-14).sqrt() + 1e-5),
        },
    ),
    problem(
        "batch_norm, training",
        lambda x, w, b: F.batch_norm(x, None, None, w, b, training=True),
        _BATCH,
        {
            "formula": _batch,
            "moments": lambda x, w, b: (
                (x - (m := torch.var_mean(x, 0, correction=0))[1]) / (m[0] + 1e-5) ** 0.5 * w + b
            ),
            "transposed": lambda x, w, b: F.layer_norm(x.t(), (x.shape[0],)).t() * w + b,
        },
        {
            "unbiased variance": lambda x, w, b: _batch(x, w, b, 1),
            "no eps": lambda x, w, b: (x - x.mean(0)) / x.std(0, correction=0) * w + b,
        },
    ),
    problem(
        "batch_norm, formula",
        _batch,
        _NEAR,
        {
            "torch": lambda x, w, b: F.batch_norm(x, None, None, w, b, training=True),
            "affine": _batch_by_affine,
            "sqrt": lambda x, w, b: (x - x.mean(0)) / (x.var(0, unbiased=False) + 1e-5).sqrt() * w + b,
        },
    ),
    problem(
        "batch_norm, evaluation",
        lambda x, m, v: F.batch_norm(x, m, v),
        {
            "x": tensors("n d", min_size=1),
            "m": tensors("d", min_size=1, gradient=False),
            "v": tensors("d", min_size=1, low=0, gradient=False),
        },
        {
            "formula": lambda x, m, v: (x - m) / torch.sqrt(v + 1e-5),
            "rsqrt": lambda x, m, v: (x - m) * torch.rsqrt(v + 1e-5),
            "affine": lambda x, m, v: x * (v + 1e-5) ** -0.5 - m * (v + 1e-5) ** -0.5,
        },
        {"eps outside the root": lambda x, m, v: (x - m) / (v.sqrt() + 1e-5)},
    ),
    problem(
        "group_norm",
        lambda x: F.group_norm(x, 1),
        _IMAGES,
        {
            "formula": _group,
            "var": lambda x: (
                (x - x.mean((1, 2, 3), keepdim=True)) * torch.rsqrt(x.var((1, 2, 3), correction=0, keepdim=True) + 1e-5)
            ),
            "layer_norm": lambda x: F.layer_norm(x, x.shape[1:]),
        },
        {"another eps": lambda x: _group(x, 1e-6)},
    ),
    problem(
        "instance_norm",
        lambda x: F.instance_norm(x),
        _IMAGES,
        {
            "formula": _instance,
            "group_norm": lambda x: F.group_norm(x, x.shape[1]),
            "layer_norm": lambda x: F.layer_norm(x, x.shape[2:]),
        },
        {"another eps": lambda x: _instance(x, 1e-6)},
    ),
    problem(
        "normalize",
        lambda x: F.normalize(x, dim=-1),
        {"x": tensors("b d", min_size=1, low=0.25)},
        {
            "norm": lambda x: x / x.norm(dim=-1, keepdim=True),
            "sum of squares": lambda x: x / (x * x).sum(-1, keepdim=True).sqrt(),
            "rsqrt": lambda x: x * torch.rsqrt(torch.einsum("bd,bd->b", x, x))[:, None],
        },
        {"eps added": lambda x: x / (x.norm(dim=-1, keepdim=True) + 1e-3)},
    ),
    problem(
        "standardise",
        lambda x: (x - x.mean(0)) / (x.std(0) + 1.0),
        {"x": tensors("n d", min_size=2, distinct=True)},
        {
            "var": lambda x: (x - x.mean(0)) / (torch.var(x, 0).sqrt() + 1.0),
            "loops": lambda x: torch.stack(
                [(c - c.mean()) / (1.0 + ((c - c.mean()) ** 2).sum().div(len(c) - 1).sqrt()) for c in x.t()], 1
            ),
            "sums": lambda x: (x - x.sum(0) / len(x)) * (1 / (torch.std(x, dim=0, unbiased=True) + 1)),
        },
        {"population": lambda x: (x - x.mean(0)) / (x.std(0, correction=0) + 1.0)},
    ),
    problem(
        "min-max scaling",
        lambda x: (x - x.amin(-1, keepdim=True)) / (x.amax(-1, keepdim=True) - x.amin(-1, keepdim=True) + 1e-3),
        {"x": tensors("b d", min_size=2, distinct=True)},
        {
            "aminmax": lambda x: (x - (m := torch.aminmax(x, dim=-1, keepdim=True)).min) / (m.max - m.min + 1e-3),
            "split": lambda x: (
                x / (x.amax(-1, keepdim=True) - x.amin(-1, keepdim=True) + 1e-3)
                - x.amin(-1, keepdim=True) / (x.amax(-1, keepdim=True) - x.amin(-1, keepdim=True) + 1e-3)
            ),
            "rows": lambda x: torch.stack([(r - r.min()) * (1 / (1e-3 + r.max() - r.min())) for r in x]),
        },
        {"no eps": lambda x: (x - x.amin(-1, keepdim=True)) / (x.amax(-1, keepdim=True) - x.amin(-1, keepdim=True))},
    ),
    problem(
        "weight_norm",
        lambda v, g: g[:, None] * v / v.norm(dim=1, keepdim=True),
        {"v": tensors("o i", min_size=1, low=0.25), "g": tensors("o", min_size=1)},
        {
            "torch": lambda v, g: torch._weight_norm(v.contiguous(), g[:, None].contiguous(), 0),
            "einsum": lambda v, g: torch.einsum("oi,o->oi", v, g / v.pow(2).sum(1).sqrt()),
            "linalg": lambda v, g: v * (g / torch.linalg.vector_norm(v, dim=1)).unsqueeze(1),
        },
        {"eps": lambda v, g: g[:, None] * v / (v.norm(dim=1, keepdim=True) + 1e-3)},
    ),
)
