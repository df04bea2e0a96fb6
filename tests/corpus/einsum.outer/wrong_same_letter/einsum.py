import torch


def outer(a, b):
    return torch.einsum("i,i->i", a, b)
