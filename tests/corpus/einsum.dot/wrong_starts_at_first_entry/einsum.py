import torch


def dot(a, b):
    return a[0] * b[0] + torch.einsum("i,i->", a[1:], b[1:])
