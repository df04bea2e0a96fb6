"""Distances, similarities, polynomials, and the steps of optimisers."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F

from benchmarks.tolerances.problem import problem
from grader.authoring import tensors

_NEAR = {"x": tensors("n d", min_size=1, low=-8, high=8), "y": tensors("m d", min_size=1, low=-8, high=8)}
_ROWS = {"x": tensors("n d", min_size=1), "y": tensors("n d", min_size=1)}
_APART = {"x": tensors("n d", min_size=1, low=0.25), "y": tensors("m d", min_size=1, high=-0.25)}
_STEP = {
    "p": tensors("n", min_size=1, gradient=False),
    "g": tensors("n", min_size=1, gradient=False),
    "m": tensors("n", min_size=1, gradient=False),
    "v": tensors("n", min_size=1, low=0, gradient=False),
}


def _adam(p, g, m, v, eps=1e-8):
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
    return p - 0.01 * (m / (1 - 0.9)) / ((v / (1 - 0.999)).sqrt() + eps)


def _positions(x):
    angle = torch.arange(len(x), dtype=x.dtype)[:, None] / 10000 ** (torch.arange(0, 4, 2, dtype=x.dtype) / 4)
    return x + torch.stack([angle.sin(), angle.cos()], -1).flatten(1)


PROBLEMS = (
    problem(
        "cosine_similarity",
        F.cosine_similarity,
        {"x": tensors("n d", min_size=1, low=0.25), "y": tensors("n d", min_size=1, low=0.25)},
        {
            "formula": lambda x, y: (x * y).sum(1) / (x.norm(dim=1) * y.norm(dim=1)),
            "normalised": lambda x, y: (F.normalize(x, dim=1) * F.normalize(y, dim=1)).sum(1),
            "rsqrt": lambda x, y: (
                torch.einsum("nd,nd->n", x, y) * torch.rsqrt((x * x).sum(1)) * torch.rsqrt((y * y).sum(1))
            ),
        },
        {"eps": lambda x, y: (x * y).sum(1) / (x.norm(dim=1) * y.norm(dim=1) + 1e-3)},
    ),
    problem(
        "cdist",
        torch.cdist,
        _APART,
        {
            "formula": lambda x, y: ((x[:, None] - y[None]) ** 2).sum(-1).sqrt(),
            "norm": lambda x, y: (x.unsqueeze(1) - y).norm(dim=-1),
            "loops": lambda x, y: torch.stack([torch.stack([torch.dist(a, b) for b in y]) for a in x]),
        },
        {"eps": lambda x, y: (((x[:, None] - y) ** 2).sum(-1) + 1e-3).sqrt()},
    ),
    problem(
        "cdist of near points",
        torch.cdist,
        {
            "x": tensors("n d", min_size=1, low=1000, high=1001),
            "y": tensors("m d", min_size=1, low=1002, high=1003),
        },
        {
            "formula": lambda x, y: ((x[:, None] - y[None]) ** 2).sum(-1).sqrt(),
            "norm": lambda x, y: (x.unsqueeze(1) - y).norm(dim=-1),
            "shifted": lambda x, y: torch.linalg.vector_norm((x - 1000)[:, None] - (y - 1000), dim=-1),
        },
        {"expanded": lambda x, y: ((x * x).sum(1)[:, None] + (y * y).sum(1) - 2 * x @ y.t()).clamp(min=1e-9).sqrt()},
    ),
    problem(
        "squared distances",
        lambda x, y: (x[:, None] - y).square().sum(-1),
        _NEAR,
        {
            "einsum": lambda x, y: torch.einsum("nmd,nmd->nm", x[:, None] - y, x[:, None] - y),
            "expanded": lambda x, y: (x * x).sum(1)[:, None] + (y * y).sum(1) - 2 * x @ y.t(),
            "loops": lambda x, y: torch.stack([torch.stack([((a - b) ** 2).sum() for b in y]) for a in x]),
        },
        {"int": lambda x, y: ((x[:, None] - y).long() ** 2).sum(-1).to(x.dtype)},
    ),
    problem(
        "pairwise_distance",
        lambda x, y: F.pairwise_distance(x, y, eps=0.01),
        _ROWS,
        {
            "norm": lambda x, y: (x - y + 0.01).norm(dim=1),
            "formula": lambda x, y: ((x - y + 0.01) ** 2).sum(1).sqrt(),
            "linalg": lambda x, y: torch.linalg.vector_norm(x - y + 0.01, dim=1),
        },
        {"eps outside": lambda x, y: (x - y).norm(dim=1) + 0.01},
    ),
    problem(
        "gram matrix",
        lambda x: x @ x.t() / x.shape[1],
        {"x": tensors("n d", min_size=1)},
        {
            "einsum": lambda x: torch.einsum("nd,md->nm", x, x) / x.shape[1],
            "scaled first": lambda x: (x / x.shape[1]) @ x.t(),
            "roots": lambda x: (x * x.shape[1] ** -0.5) @ (x * x.shape[1] ** -0.5).t(),
        },
        {"int": lambda x: (x.long() @ x.long().t()).to(x.dtype) / x.shape[1]},
    ),
    problem(
        "covariance",
        lambda x: torch.cov(x.t()).reshape(x.shape[1], x.shape[1]),
        {"x": tensors("n d", min_size=2)},
        {
            "centred": lambda x: (c := x - x.mean(0)).t() @ c / (len(x) - 1),
            "outer": lambda x: torch.stack([torch.outer(r, r) for r in x - x.mean(0)]).sum(0) / (len(x) - 1),
            "einsum": lambda x: torch.einsum("ni,nj->ij", x - x.mean(0), x - x.mean(0)) / (len(x) - 1),
        },
        {
            "E[xy] - E[x]E[y]": lambda x: (
                (x.t() @ x / len(x) - torch.outer(x.mean(0), x.mean(0))) * len(x) / (len(x) - 1)
            ),
            "population": lambda x: torch.cov(x.t(), correction=0).reshape(x.shape[1], x.shape[1]),
        },
    ),
    problem(
        "polynomial",
        lambda x: 2 * x**3 - 1.5 * x**2 + 0.3 * x - 7,
        {"x": tensors("n", min_size=1)},
        {
            "horner": lambda x: ((2 * x - 1.5) * x + 0.3) * x - 7,
            "powers": lambda x: (
                torch.stack([torch.ones_like(x), x, x * x, x * x * x], 1)
                @ torch.tensor([-7, 0.3, -1.5, 2], dtype=x.dtype)
            ),
            "sum": lambda x: sum(c * x**n for n, c in enumerate((-7, 0.3, -1.5, 2))),
        },
        {"few digits": lambda x: 2 * x**3 - 1.5 * x**2 + 0.3001 * x - 7},
    ),
    problem(
        "lerp",
        lambda x, y: torch.lerp(x, y, 0.3),
        _ROWS,
        {
            "two shares": lambda x, y: 0.7 * x + 0.3 * y,
            "difference": lambda x, y: x + 0.3 * (y - x),
            "from the end": lambda x, y: y - 0.7 * (y - x),
        },
        {"few digits": lambda x, y: torch.lerp(x, y, 0.3001)},
    ),
    problem(
        "positions added",
        _positions,
        {"x": tensors("n 4", min_size=1)},
        {
            "exp": lambda x: (
                (
                    a := torch.arange(len(x), dtype=x.dtype)[:, None]
                    * torch.exp(torch.arange(0, 4, 2, dtype=x.dtype) * (-math.log(10000.0) / 4))
                ),
                x + torch.stack([a.sin(), a.cos()], -1).reshape(len(x), 4),
            )[-1],
            "stacked": lambda x: (
                x
                + torch.stack(
                    [f(torch.arange(len(x), dtype=x.dtype) * r) for r in (1.0, 0.01) for f in (torch.sin, torch.cos)], 1
                )
            ),
            "python": lambda x: (
                x
                + torch.tensor(
                    [[f(i / 10000 ** (j / 4)) for j in (0, 2) for f in (math.sin, math.cos)] for i in range(len(x))],
                    dtype=x.dtype,
                )
            ),
        },
        {
            "another base": lambda x: (
                x
                + torch.tensor(
                    [[f(i / 10001 ** (j / 4)) for j in (0, 2) for f in (math.sin, math.cos)] for i in range(len(x))],
                    dtype=x.dtype,
                )
                + (len(x) > 1) * 1e-3
            )
        },
    ),
    problem(
        "momentum step",
        lambda p, g, m, v: p - 0.01 * (0.9 * m + g),
        _STEP,
        {
            "add": lambda p, g, m, v: p.add(m.mul(0.9).add(g), alpha=-0.01),
            "split": lambda p, g, m, v: p - 0.009 * m - 0.01 * g,
            "sub": lambda p, g, m, v: torch.sub(p, torch.add(g, m, alpha=0.9), alpha=0.01),
        },
        {"few digits": lambda p, g, m, v: p - 0.01 * (0.9001 * m + g)},
    ),
    problem(
        "adam step",
        _adam,
        _STEP,
        {
            "lerp": lambda p, g, m, v: (
                p - 0.01 * torch.lerp(m, g, 0.1) / 0.1 / (((0.999 * v + 0.001 * g**2) / 0.001).sqrt() + 1e-8)
            ),
            "scaled step": lambda p, g, m, v: (
                p
                - 0.01
                * 0.001**0.5
                / 0.1
                * (0.9 * m + 0.1 * g)
                / ((0.999 * v + 0.001 * g * g).sqrt() + 1e-8 * 0.001**0.5)
            ),
            "addcdiv": lambda p, g, m, v: p.addcdiv(
                (m * 0.9 + g * 0.1) / (1 - 0.9**1),
                (v.mul(0.999).addcmul(g, g, value=0.001) / (1 - 0.999**1)).sqrt().add(1e-8),
                value=-0.01,
            ),
        },
        {
            "another eps": lambda p, g, m, v: _adam(p, g, m, v, 1e-2),
            "not corrected": lambda p, g, m, v: (
                p - 0.01 * (0.9 * m + 0.1 * g) / ((0.999 * v + 0.001 * g * g).sqrt() + 1e-8)
            ),
        },
    ),
    problem(
        "clipped by norm",
        lambda x: x * (1.0 / (x.norm() + 1e-6)).clamp(max=1.0),
        {"x": tensors("n d", min_size=1, gradient=False)},
        {
            "where": lambda x: torch.where(x.norm() + 1e-6 > 1, x / (x.norm() + 1e-6), x),
            "sum": lambda x: x * torch.clamp(1 / ((x**2).sum().sqrt() + 1e-6), max=1),
            "minimum": lambda x: x / torch.maximum(torch.linalg.vector_norm(x) + 1e-6, torch.ones((), dtype=x.dtype)),
        },
        {"another norm": lambda x: x * (1.0 / (x.abs().sum() + 1e-6)).clamp(max=1.0)},
    ),
    problem(
        "gaussian kernel",
        lambda x, y: torch.exp(-0.5 * (x[:, None] - y).square().sum(-1)),
        {"x": tensors("n d", min_size=1, low=-2, high=2), "y": tensors("m d", min_size=1, low=-2, high=2)},
        {
            "product": lambda x, y: torch.exp(-0.5 * (x[:, None] - y).square()).prod(-1),
            "cdist": lambda x, y: (-torch.einsum("nmd,nmd->nm", x[:, None] - y, x[:, None] - y) / 2).exp(),
            "expanded": lambda x, y: torch.exp(x @ y.t() - 0.5 * (x * x).sum(1)[:, None] - 0.5 * (y * y).sum(1)),
        },
        {"eps": lambda x, y: torch.exp(-0.5 * ((x[:, None] - y).square().sum(-1) + 1e-3))},
    ),
)
