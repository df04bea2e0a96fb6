import torch


def total(x):
    return torch.einsum("ij,ij->", x, torch.ones_like(x))
