"""Activations, element by element and gated."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F

from benchmarks.tolerances.problem import problem
from grader.authoring import tensors

_X = {"x": tensors("b d", min_size=1)}
_EVEN = {"x": tensors("b 4", min_size=1)}


def _gelu(x):
    return 0.5 * x * (1 + torch.erf(x / math.sqrt(2)))


def _gelu_tanh(x, c=0.044715):
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + c * x**3)))


PROBLEMS = (
    problem(
        "gelu",
        F.gelu,
        _X,
        {
            "erf": _gelu,
            "half root": lambda x: x * (torch.erf(x * 2**-0.5) + 1) / 2,
            "normal": lambda x: x * torch.special.ndtr(x),
        },
        {"tanh": _gelu_tanh, "1.702": lambda x: x * torch.sigmoid(1.702 * x)},
    ),
    problem(
        "gelu, tanh",
        lambda x: F.gelu(x, approximate="tanh"),
        _X,
        {
            "formula": _gelu_tanh,
            "factored": lambda x: x * 0.5 * (1 + torch.tanh(x * 0.7978845608028654 * (1 + 0.044715 * x * x))),
            "sigmoid": lambda x: x * torch.sigmoid(2 * math.sqrt(2 / math.pi) * (x + 0.044715 * x.pow(3))),
        },
        {"erf": _gelu, "few digits": lambda x: _gelu_tanh(x, 0.0447)},
    ),
    problem(
        "silu",
        F.silu,
        _X,
        {
            "sigmoid": lambda x: x * torch.sigmoid(x),
            "tanh": lambda x: x * (0.5 + 0.5 * torch.tanh(x / 2)),
            "mul": lambda x: torch.mul(x.sigmoid(), x),
        },
        {"naive": lambda x: x * (x.exp() / (1 + x.exp()))},
    ),
    problem(
        "sigmoid",
        torch.sigmoid,
        _X,
        {
            "formula": lambda x: 1 / (1 + torch.exp(-x)),
            "tanh": lambda x: (1 + torch.tanh(x / 2)) / 2,
            "logsigmoid": lambda x: F.logsigmoid(x).exp(),
        },
        {"naive": lambda x: x.exp() / (1 + x.exp())},
    ),
    problem(
        "tanh",
        torch.tanh,
        _X,
        {
            "sigmoid": lambda x: 2 * torch.sigmoid(2 * x) - 1,
            "exp": lambda x: (
                (1 - torch.exp(-2 * x)) / (1 + torch.exp(-2 * x))
                if x.abs().max() < 20
                else torch.sinh(x.clamp(-30, 30)) / torch.cosh(x.clamp(-30, 30)) * (x.abs() <= 30)
                + x.sgn() * (x.abs() > 30)
            ),
            "numerically": lambda x: (
                x.sgn() * -torch.expm1(-2 * x.abs()) / (1 + torch.exp(-2 * x.abs()))
                if (x != 0).all()
                else torch.tanh(x)
            ),
        },
        {"naive": lambda x: (x.exp() - (-x).exp()) / (x.exp() + (-x).exp())},
    ),
    problem(
        "softplus",
        F.softplus,
        _X,
        {
            "logaddexp": lambda x: torch.logaddexp(x, torch.zeros_like(x)),
            "logsigmoid": lambda x: -F.logsigmoid(-x),
            "stack": lambda x: torch.logsumexp(torch.stack([x, torch.zeros_like(x)]), 0),
        },
        {"naive": lambda x: torch.log(1 + torch.exp(x))},
    ),
    problem(
        "logsigmoid",
        F.logsigmoid,
        _X,
        {
            "softplus": lambda x: -F.softplus(-x),
            "logaddexp": lambda x: -torch.logaddexp(torch.zeros_like(x), -x),
            "log_softmax": lambda x: torch.log_softmax(torch.stack([x, torch.zeros_like(x)]), 0)[0],
        },
        {"naive": lambda x: torch.log(torch.sigmoid(x))},
    ),
    problem(
        "elu",
        F.elu,
        _X,
        {
            "where": lambda x: torch.where(x > 0, x, torch.expm1(x)),
            "exp": lambda x: torch.where(x > 0, x, torch.exp(x) - 1),
            "celu": lambda x: F.celu(x),
        },
        {"NaN in the other branch": lambda x: (x > 0) * x + (x <= 0) * (torch.exp(x) - 1)},
    ),
    problem(
        "selu",
        F.selu,
        {"x": tensors("b d", min_size=1)},
        {
            "where": lambda x: (
                1.0507009873554804934193349852946
                * torch.where(x > 0, x, 1.6732632423543772848170429916717 * torch.expm1(x))
            ),
            "elu": lambda x: 1.0507009873554804934193349852946 * F.elu(x, 1.6732632423543772848170429916717),
            "two branches": lambda x: torch.where(
                x > 0,
                1.0507009873554804934193349852946 * x,
                1.0507009873554804934193349852946 * 1.6732632423543772848170429916717 * (torch.exp(x) - 1),
            ),
        },
        {"few digits": lambda x: 1.0507 * F.elu(x, 1.67326)},
    ),
    problem(
        "mish",
        F.mish,
        _X,
        {
            "softplus": lambda x: x * torch.tanh(F.softplus(x)),
            "logaddexp": lambda x: x * torch.logaddexp(x, torch.zeros_like(x)).tanh(),
            "sigmoid": lambda x: x * (2 * torch.sigmoid(2 * F.softplus(x)) - 1),
        },
        {"sigmoid for tanh": lambda x: x * torch.sigmoid(F.softplus(x))},
    ),
    problem(
        "leaky_relu",
        lambda x: F.leaky_relu(x, 0.1),
        _X,
        {
            "where": lambda x: torch.where(x > 0, x, 0.1 * x),
            "mask": lambda x: (x > 0) * x + (x <= 0) * x * 0.1,
            "relu": lambda x: 0.1 * x + 0.9 * F.relu(x),
        },
    ),
    problem(
        "softsign",
        F.softsign,
        _X,
        {
            "abs": lambda x: x / (1 + x.abs()),
            "div": lambda x: torch.div(x, torch.abs(x) + 1),
            "sign": lambda x: x.sgn() * (1 - 1 / (1 + x.abs())) if (x != 0).all() else x / (1 + x.abs()),
        },
        {"eps": lambda x: x / (1.001 + x.abs())},
    ),
    problem(
        "glu",
        F.glu,
        _EVEN,
        {
            "chunk": lambda x: (a := x.chunk(2, -1))[0] * torch.sigmoid(a[1]),
            "slices": lambda x: x[:, :2] / (1 + torch.exp(-x[:, 2:])),
            "split": lambda x: torch.mul(*(lambda a, b: (a, b.sigmoid()))(*x.split(2, -1))),
        },
        {"naive": lambda x: x[:, :2] * x[:, 2:].exp() / (1 + x[:, 2:].exp())},
    ),
    problem(
        "swiglu",
        lambda x, w, v: F.silu(x @ w) * (x @ v),
        {"x": tensors("b d", min_size=1), "w": tensors("d h", min_size=1), "v": tensors("d h", min_size=1)},
        {
            "sigmoid": lambda x, w, v: (x @ w) * torch.sigmoid(x @ w) * (x @ v),
            "one matmul": lambda x, w, v: (
                (lambda a, b: a * b / (1 + torch.exp(-a)))(*(x @ torch.cat([w, v], 1)).chunk(2, 1))
                if (x @ w).min() > -80
                else F.silu(F.linear(x, w.t())) * F.linear(x, v.t())
            ),
            "einsum": lambda x, w, v: torch.einsum("bd,dh->bh", x, v) * F.silu(torch.einsum("bd,dh->bh", x, w)),
        },
        {"naive": lambda x, w, v: (a := x @ w) * (a.exp() / (1 + a.exp())) * (x @ v)},
    ),
)
