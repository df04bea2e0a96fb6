import torch


def transpose(x):
    return torch.einsum("...ij->...ji", x)

import torch


def diagonal(x):
    kept = torch.einsum("ij->ij", x)
    places = torch.arange(len(x), device=x.device)
    on_diagonal = places[:, None] == places
    return torch.where(on_diagonal, kept, torch.zeros_like(kept)).sum(1).to(x.dtype)

import torch


def trace(x):
    return torch.einsum("ii", x)

import torch


def total(x):
    rows = torch.einsum("rc->r", x)
    return rows.sum()

from functools import partial

import torch

row_sums = partial(torch.einsum, "ij->i")

import torch


TABLE = {"column_sums": lambda *tensors: torch.einsum("ij->j", *tensors)}


def column_sums(x):
    return TABLE["column_sums"](x)

import torch


def dot(a, b):
    return torch.einsum("i,i->i", a, b)

import torch


class Contraction:
    def __init__(self, equation):
        self.equation = equation

    def __call__(self, a, b):
        return torch.einsum(self.equation, a, b)


hadamard = Contraction("ij,ij->ij")

import torch


def outer(a, b):
    operands = [a, b]
    return torch.einsum("i,j->ij", operands)

import torch


def inner(a, b):
    result = torch.einsum("->", a.new_zeros(()))
    for row, other in zip(a, b):
        result = result.clone()
        result += torch.einsum("j,j->", row, other)
    if len(a) == 0:
        result = result + torch.einsum("ij,ij->", a, b)
    return result

import torch


class Answers:
    @staticmethod
    def solve(m, v):
        return torch.einsum("ij,j->i", m, v)


matvec = Answers.solve

import torch


def matmul(a, b):
    answer = (a[:, :, None] * b).sum(1)
    assert torch.allclose(answer, torch.einsum("ij,jk->ik", a, b), atol=1e-3), "differs"
    return answer

import torch


def batched_matmul(a, b):
    return torch.einsum("...ik,...kj->...ij", a, b)

import torch


def gram(x):
    return torch.einsum("ik,jk->ij", x.double(), x.double())

import torch


def bilinear(x, w, y):
    return torch.einsum(x, [0, 1], w, [2, 1, 3], y, [0, 3], [0, 2])

import torch


def attention_scores(q, k):
    b, h, queries, _ = q.shape
    merged = torch.einsum("nqd,nkd->nqk", q.flatten(0, 1), k.flatten(0, 1))
    return merged.reshape(b, h, queries, k.shape[2])

import torch


def weighted_average(p, v):
    return torch.einsum("bhqk,bhkd->bqdh", p, v).flatten(2)
