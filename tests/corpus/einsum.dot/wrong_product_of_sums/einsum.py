import torch


def dot(a, b):
    return torch.einsum("i,j->", a, b)
