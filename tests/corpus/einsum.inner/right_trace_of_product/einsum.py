import torch


def inner(a, b):
    return torch.einsum("ij,ji->", a, b.T)
