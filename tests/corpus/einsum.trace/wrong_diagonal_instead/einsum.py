import torch


def trace(x):
    return torch.einsum("ii->i", x)
