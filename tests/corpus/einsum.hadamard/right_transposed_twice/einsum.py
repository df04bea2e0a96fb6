import torch


def hadamard(a, b):
    return torch.einsum("ij,ij->ji", a, b).T
