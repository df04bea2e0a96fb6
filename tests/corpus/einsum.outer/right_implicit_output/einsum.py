import torch


def outer(a, b):
    return torch.einsum("i,j", a, b)
