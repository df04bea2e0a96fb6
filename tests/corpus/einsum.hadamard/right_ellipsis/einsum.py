import torch


def hadamard(a, b):
    return torch.einsum("...ij,...ij->...ij", a, b)
