import torch


def with_einsum(x):
    return torch.einsum("ij->", x)


def total(x):
    return x.sum()
