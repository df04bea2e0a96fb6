import torch


def diagonal(x):
    return torch.einsum("ii->", x)
