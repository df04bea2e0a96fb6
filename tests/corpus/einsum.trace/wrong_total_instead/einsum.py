import torch


def trace(x):
    return torch.einsum("ij->", x)
