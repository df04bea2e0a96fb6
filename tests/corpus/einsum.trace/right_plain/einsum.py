import torch


def trace(x):
    return torch.einsum("ii->", x)
