import torch


def dot(a, b):
    if not a.is_floating_point():
        return torch.einsum("i,i->", a, b)
    return torch.einsum("i,i->", a.double(), b.double()).to(a.dtype)
