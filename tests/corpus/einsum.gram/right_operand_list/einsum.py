import torch


def gram(x):
    operands = [x, x]
    return torch.einsum("ik,jk->ij", operands)
