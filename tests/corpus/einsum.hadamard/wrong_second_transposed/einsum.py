import torch


def hadamard(a, b):
    return torch.einsum("ij,ji->ij", a, b)
