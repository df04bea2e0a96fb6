import torch


def with_einsum(a, b):
    return torch.einsum("ij,jk->ik", a, b)


def matmul(a, b):
    return (a[:, :, None] * b).sum(1)
