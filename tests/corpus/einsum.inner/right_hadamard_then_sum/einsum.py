import torch


def inner(a, b):
    return torch.einsum("ij,ij->ij", a, b).sum()
