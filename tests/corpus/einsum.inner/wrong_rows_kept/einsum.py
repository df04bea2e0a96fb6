import torch


def inner(a, b):
    return torch.einsum("ij,ij->i", a, b)
