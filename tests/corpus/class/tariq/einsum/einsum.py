import torch


def transpose(x):
    return torch.einsum(x, [0, 1], [1, 0])

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
    return torch.einsum(x, [0, 1], [])

import torch


def row_sums(x):
    sums = [torch.einsum("j->", row).reshape(1) for row in x]
    return torch.cat([torch.einsum("ij->i", x[:0]), *sums])

import torch


TABLE = {"column_sums": lambda *tensors: torch.einsum("ij->j", *tensors)}


def column_sums(x):
    return TABLE["column_sums"](x)

import torch


def dot(a, b):
    return torch.einsum("n,n->n", a, b).sum()

import torch.functional as TF


def hadamard(a, b):
    return TF.einsum("ij,ij->ij", a, b)

import torch


def outer(a, b):
    operands = [a, b]
    return torch.einsum("i,j->ij", operands)

import torch


def inner(a, b):
    return torch.einsum("ij,ji->", a, b.T)

import torch


def matvec(m, v):
    return torch.einsum("ij,j->ij", m, v).sum(-1)

import torch


def matmul(a, b):
    function = getattr(torch, "einsum")
    return function("ij,jk->ik", a, b)

import torch


class Contraction:
    def __init__(self, equation):
        self.equation = equation

    def __call__(self, a, b):
        return torch.einsum(self.equation, a, b)


batched_matmul = Contraction("bik,bkj->bij")

from functools import partial

import torch

_contract = partial(torch.einsum, "ac,bc->ab")


def gram(x):
    return _contract(x, x)

import torch


def bilinear(x, w, y):
    pairs = torch.einsum("bi,bj->bij", x, y).flatten(1)
    return torch.einsum("bn,on->bo", pairs, w.flatten(1))

import torch


def attention_scores(*operands):
    return torch.einsum("bhqd,bhkd->bhqk", *operands)

import torch


def weighted_average(p, v):
    b, h, tq, _ = p.shape
    mixed = torch.einsum("bhqk,bhkd->bhqd", p, v)
    return mixed.permute(0, 2, 1, 3).reshape(b, tq, h * v.shape[-1])
