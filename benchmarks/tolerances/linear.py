"""Products: matrices, attention, convolutions, cells."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from benchmarks.tolerances.problem import problem
from grader.authoring import tensors

_AB = {"a": tensors("r k", min_size=1), "b": tensors("k c", min_size=1)}
_QKV = {"q": tensors("n d", min_size=1), "k": tensors("m d", min_size=1), "v": tensors("m e", min_size=1)}
_SELF = {"q": tensors("n d", min_size=1), "k": tensors("n d", min_size=1), "v": tensors("n e", min_size=1)}
_CONV = {
    "x": tensors("n c t", sizes={"n": (1, 2), "c": (1, 3), "t": (3, 6)}),
    "w": tensors("o c 3", sizes={"o": (1, 3), "c": (1, 3)}),
}
_CONV2 = {
    "x": tensors("n c h w", sizes={"n": (1, 2), "c": (1, 2), "h": (2, 4), "w": (2, 4)}),
    "k": tensors("o c 2 2", sizes={"o": (1, 3), "c": (1, 2)}),
}
_CELL = {
    "x": tensors("b i", min_size=1),
    "h": tensors("b h", min_size=1),
    "w": tensors("h i", min_size=1),
    "u": tensors("h h", min_size=1),
}


def _loops(a, b):
    return torch.stack(
        [
            torch.stack([sum(a[i, k] * b[k, j] for k in range(b.shape[0])) for j in range(b.shape[1])])
            for i in range(len(a))
        ]
    )


def _attention(q, k, v):
    return (q @ k.t() / q.shape[-1] ** 0.5).softmax(-1) @ v


def _causal(q, k, v, hidden=float("-inf")):
    scores = q @ k.t() / q.shape[-1] ** 0.5
    return scores.masked_fill(~torch.ones(scores.shape, dtype=torch.bool).tril(), hidden).softmax(-1) @ v


def _naive_attention(q, k, v):
    e = (q @ k.t() / q.shape[-1] ** 0.5).exp()
    return e @ v / e.sum(-1, keepdim=True)


def _heads(q, k, v):
    q, k, v = (x.reshape(-1, 2, x.shape[1] // 2).transpose(0, 1)[None] for x in (q, k, v))
    return F.scaled_dot_product_attention(q, k, v)[0].transpose(0, 1).reshape(q.shape[2], -1)


def _taps(x, w):
    n = x.shape[2] - 2
    return sum(torch.einsum("nct,oc->not", x[:, :, i : i + n], w[:, :, i]) for i in range(3))


def _lstm(x, h, w, u):
    i, f, g, o = (x @ w.t() + h @ u.t()).repeat(1, 4).chunk(4, 1)
    c = f.sigmoid() * h + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh()


def _rope(x):
    a, b = x[:, ::2], x[:, 1::2]
    angle = torch.arange(len(x), dtype=x.dtype)[:, None] * 10000.0 ** -(torch.arange(2, dtype=x.dtype) / 2)
    return torch.stack([a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()], -1).flatten(1)


def _rope_complex(x):
    angle = torch.arange(len(x), dtype=x.dtype)[:, None] / 10000.0 ** (torch.arange(0, 4, 2, dtype=x.dtype) / 4)
    turned = torch.view_as_complex(x.reshape(-1, 2, 2).contiguous()) * torch.polar(torch.ones_like(angle), angle)
    return torch.view_as_real(turned).flatten(1)


def _rope_matrix(x):
    angle = torch.outer(torch.arange(len(x), dtype=x.dtype), torch.tensor([1.0, 0.01], dtype=x.dtype))
    cos, sin = (one.repeat_interleave(2, 1) for one in (angle.cos(), angle.sin()))
    return x * cos + torch.stack([-x[:, 1::2], x[:, ::2]], -1).reshape(x.shape) * sin


PROBLEMS = (
    problem(
        "matmul",
        torch.matmul,
        _AB,
        {
            "loops": _loops,
            "einsum": lambda a, b: torch.einsum("rk,kc->rc", a, b),
            "broadcast": lambda a, b: (a[:, :, None] * b[None]).sum(1),
        },
        {"int": lambda a, b: (a.long() @ b.long()).to(a.dtype)},
    ),
    problem(
        "linear",
        F.linear,
        {"x": tensors("n i", min_size=1), "w": tensors("o i", min_size=1), "b": tensors("o", min_size=1)},
        {
            "matmul": lambda x, w, b: x @ w.t() + b,
            "addmm": lambda x, w, b: torch.addmm(b, x, w.t()),
            "ones": lambda x, w, b: torch.cat([x, torch.ones_like(x[:, :1])], 1) @ torch.cat([w, b[:, None]], 1).t(),
        },
        {"in float16, but for the bias": lambda x, w, b: (x.half() @ w.half().t()).to(b.dtype) + b},
    ),
    problem(
        "bilinear",
        lambda x, w, y: torch.einsum("bi,oij,bj->bo", x, w, y),
        {"x": tensors("b i", min_size=1), "w": tensors("o i j", min_size=1), "y": tensors("b j", min_size=1)},
        {
            "torch": lambda x, w, y: F.bilinear(x, y, w),
            "outer": lambda x, w, y: (x[:, :, None] * y[:, None]).flatten(1) @ w.flatten(1).t(),
            "other way": lambda x, w, y: torch.stack([((x @ one) * y).sum(1) for one in w], 1),
        },
    ),
    problem(
        "batched matmul",
        torch.bmm,
        {"a": tensors("b r k", min_size=1), "b": tensors("b k c", min_size=1)},
        {
            "einsum": lambda a, b: torch.einsum("brk,bkc->brc", a, b),
            "loop": lambda a, b: torch.stack([x @ y for x, y in zip(a, b, strict=True)]),
            "sum": lambda a, b: (a.unsqueeze(-1) * b.unsqueeze(1)).sum(2),
        },
    ),
    problem(
        "chain of matrices",
        lambda a, b, c: a @ b @ c,
        {"a": tensors("r k", min_size=1), "b": tensors("k m", min_size=1), "c": tensors("m s", min_size=1)},
        {
            "from the right": lambda a, b, c: a @ (b @ c),
            "einsum": lambda a, b, c: torch.einsum("rk,km,ms->rs", a, b, c),
            "multi_dot": lambda a, b, c: torch.linalg.multi_dot([a, b, c]),
        },
    ),
    problem(
        "attention",
        F.scaled_dot_product_attention,
        _QKV,
        {
            "formula": _attention,
            "scaled query": lambda q, k, v: ((q * q.shape[-1] ** -0.5) @ k.t()).softmax(-1) @ v,
            "logsumexp": lambda q, k, v: (
                ((s := q @ k.t() / q.shape[-1] ** 0.5) - s.logsumexp(-1, keepdim=True)).exp() @ v
            ),
        },
        {"naive": _naive_attention, "not scaled": lambda q, k, v: (q @ k.t()).softmax(-1) @ v},
    ),
    problem(
        "attention, causal",
        lambda q, k, v: F.scaled_dot_product_attention(q, k, v, is_causal=True),
        _SELF,
        {
            "masked_fill": _causal,
            "added": lambda q, k, v: (
                (
                    q @ k.t() / q.shape[-1] ** 0.5 + torch.full((len(q), len(q)), float("-inf"), dtype=q.dtype).triu(1)
                ).softmax(-1)
                @ v
            ),
            "rows": lambda q, k, v: torch.cat(
                [_attention(q[i : i + 1], k[: i + 1], v[: i + 1]) for i in range(len(q))]
            ),
        },
        {"a weak mask": lambda q, k, v: _causal(q, k, v, -10.0)},
    ),
    problem(
        "attention of two heads",
        _heads,
        {name: tensors("n 4", min_size=1) for name in "qkv"},
        {
            "cat": lambda q, k, v: torch.cat(
                [_attention(q[:, s], k[:, s], v[:, s]) for s in (slice(2), slice(2, 4))], 1
            ),
            "einsum": lambda q, k, v: torch.einsum(
                "hnm,mhd->nhd",
                (torch.einsum("nhd,mhd->hnm", q.reshape(-1, 2, 2), k.reshape(-1, 2, 2)) / 2**0.5).softmax(-1),
                v.reshape(-1, 2, 2),
            ).flatten(1),
            "bmm": lambda q, k, v: (
                torch.bmm(
                    (
                        torch.bmm(q.reshape(-1, 2, 2).permute(1, 0, 2), k.reshape(-1, 2, 2).permute(1, 2, 0)) * 0.5**0.5
                    ).softmax(2),
                    v.reshape(-1, 2, 2).permute(1, 0, 2),
                )
                .permute(1, 0, 2)
                .reshape(len(q), 4)
            ),
        },
        {"scaled by the whole width": lambda q, k, v: _heads(q * 0.5**0.5, k, v)},
    ),
    problem(
        "conv1d",
        F.conv1d,
        _CONV,
        {
            "unfold": lambda x, w: torch.einsum("nctk,ock->not", x.unfold(2, 3, 1), w),
            "taps": _taps,
            "conv2d": lambda x, w: F.conv2d(x[:, :, None], w[:, :, None])[:, :, 0],
        },
        {"flipped": lambda x, w: F.conv1d(x, w.flip(2))},
    ),
    problem(
        "conv2d",
        F.conv2d,
        _CONV2,
        {
            "unfold": lambda x, k: (k.flatten(1) @ F.unfold(x, 2)).reshape(
                len(x), len(k), x.shape[2] - 1, x.shape[3] - 1
            ),
            "windows": lambda x, k: torch.einsum("nchwij,ocij->nohw", x.unfold(2, 2, 1).unfold(3, 2, 1), k),
            "shifts": lambda x, k: sum(
                torch.einsum("nchw,oc->nohw", x[:, :, i : x.shape[2] - 1 + i, j : x.shape[3] - 1 + j], k[:, :, i, j])
                for i in range(2)
                for j in range(2)
            ),
        },
    ),
    problem(
        "avg_pool1d",
        lambda x: F.avg_pool1d(x, 3, 1),
        {"x": _CONV["x"]},
        {
            "unfold": lambda x: x.unfold(2, 3, 1).mean(-1),
            "slices": lambda x: (x[:, :, :-2] + x[:, :, 1:-1] + x[:, :, 2:]) / 3,
            "cumsum": lambda x: ((s := F.pad(x.cumsum(2), (1, 0)))[:, :, 3:] - s[:, :, :-3]) / 3,
        },
        {"int": lambda x: (x.unfold(2, 3, 1).sum(-1) // 3).to(x.dtype)},
    ),
    problem(
        "rnn cell",
        lambda x, h, w, u: torch.tanh(F.linear(x, w) + F.linear(h, u)),
        _CELL,
        {
            "torch": lambda x, h, w, u: torch.rnn_tanh_cell(x, h, w, u),
            "cat": lambda x, h, w, u: torch.tanh(torch.cat([x, h], 1) @ torch.cat([w, u], 1).t()),
            "addmm": lambda x, h, w, u: torch.addmm(x @ w.t(), h, u.t()).tanh(),
        },
    ),
    problem(
        "lstm cell",
        lambda x, h, w, u: torch.lstm_cell(x, (h, h), w.repeat(4, 1), u.repeat(4, 1))[0],
        _CELL,
        {
            "gates": _lstm,
            "one gate": lambda x, h, w, u: (
                (a := F.linear(x, w) + F.linear(h, u)),
                (s := torch.sigmoid(a)),
                s * torch.tanh(s * h + s * torch.tanh(a)),
            )[-1],
            "factored": lambda x, h, w, u: (
                (a := torch.cat([x, h], 1) @ torch.cat([w, u], 1).t()),
                a.sigmoid() * (a.sigmoid() * (h + a.tanh())).tanh(),
            )[-1],
        },
    ),
    problem(
        "gru cell",
        lambda x, h, w, u: torch.gru_cell(x, h, w.repeat(3, 1), u.repeat(3, 1)),
        _CELL,
        {
            "formula": lambda x, h, w, u: (
                (r := (x @ w.t() + h @ u.t()).sigmoid()),
                (1 - r) * torch.tanh(x @ w.t() + r * (h @ u.t())) + r * h,
            )[-1],
            "lerp": lambda x, h, w, u: (
                (r := (F.linear(x, w) + F.linear(h, u)).sigmoid()),
                torch.lerp(torch.tanh(F.linear(x, w) + r * F.linear(h, u)), h, r),
            )[-1],
            "difference": lambda x, h, w, u: (
                (r := torch.sigmoid(torch.addmm(x @ w.t(), h, u.t()))),
                (n := torch.tanh(torch.addcmul(x @ w.t(), r, h @ u.t()))),
                n + r * (h - n),
            )[-1],
        },
    ),
    problem(
        "low-rank update",
        lambda x, w, a, b: x @ w.t() + 0.3 * (x @ a.t() @ b.t()),
        {
            "x": tensors("n i", min_size=1),
            "w": tensors("o i", min_size=1),
            "a": tensors("r i", min_size=1),
            "b": tensors("o r", min_size=1),
        },
        {
            "merged": lambda x, w, a, b: F.linear(x, w + 0.3 * b @ a),
            "addmm": lambda x, w, a, b: torch.addmm(x @ w.t(), x @ a.t(), b.t(), alpha=0.3),
            "other way": lambda x, w, a, b: (w @ x.t() + b @ (a @ x.t() * 0.3)).t(),
        },
    ),
    problem(
        "rotary positions",
        _rope,
        {"x": tensors("n 4", min_size=1)},
        {"complex": _rope_complex, "turned": _rope_matrix, "float angles": lambda x: _rope_complex(x) * 1.0},
        {"another base": lambda x: _rope_complex(x) + 0.001 * x},
    ),
)
