import torch


def transpose(x):
    return torch.einsum("...ij->...ji", x)

import torch


def diagonal(x):
    # not torch.gather, not torch.diag, not x.softmax(-1)
    softmax = "nn.functional.softmax"
    gather = len(softmax)
    return torch.einsum("ii->i", x) if gather else x

import torch.functional as TF


def trace(x):
    return TF.einsum("ii->", x)

import torch


def total(x):
    return torch.einsum(x, [0, 1], [])

import torch


def row_sums(x):
    return torch.einsum("ji->i", x.T)

import torch


def column_sums(x):
    return torch.einsum("i,ij->j", x.new_ones(x.shape[0]), x)

from functools import partial

import torch

dot = partial(torch.einsum, "i,i->")

import torch


def hadamard(a, b):
    return torch.einsum("ij,i,ij->ij", a, a.new_ones(a.shape[0]), b)

import torch


def outer(a, b):
    operands = [a, b]
    return torch.einsum("i,j->ij", operands)

import torch


def inner(a, b):
    return torch.einsum("n,n->", a.flatten(), b.flatten())

import torch


class Answers:
    @staticmethod
    def solve(m, v):
        return torch.einsum("ij,j->i", m, v)


matvec = Answers.solve

import torch


def matmul(a, b):
    return torch.einsum("ij,jk", a, b)

import torch


def batched_matmul(a, b):
    # torch.bmm(a, b) would do as well
    bmm = "bik,bkj->bij"
    return torch.einsum(bmm, a, b)

from functools import partial

import torch

_contract = partial(torch.einsum, "ac,bc->ab")


def gram(x):
    return _contract(x, x)

import torch


def bilinear(x, w, y):
    half = torch.einsum("bi,oij->boj", x, w)
    return torch.einsum("boj,bj->bo", half, y)

import torch


def attention_scores(*operands):
    return torch.einsum("bhqd,bhkd->bhqk", *operands)

import torch


def weighted_average(p, v):
    b, h, tq, _ = p.shape
    mixed = torch.einsum("bhqk,bhkd->bhqd", p, v)
    return mixed.permute(0, 2, 1, 3).reshape(b, tq, h * v.shape[-1])
