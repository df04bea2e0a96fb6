import torch


def dot(a, b):
    return torch.einsum("i,i->", a, b.detach())
