import torch


def outer(a, b):
    operands = [a, b]
    return torch.einsum("i,j->ij", operands)
