import torch


def inner(a, b):
    return torch.einsum("ij,kj->", a, b)
