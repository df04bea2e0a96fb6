import torch


def inner(a, b):
    return torch.einsum("ij,kl->", a, b)
