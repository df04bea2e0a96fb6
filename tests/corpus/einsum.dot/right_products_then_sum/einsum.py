import torch


def dot(a, b):
    return torch.einsum("n,n->n", a, b).sum()
