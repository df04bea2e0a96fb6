import torch


def outer(a, b):
    return torch.einsum("i,j->ji" if len(a) == len(b) else "i,j->ij", a, b)
