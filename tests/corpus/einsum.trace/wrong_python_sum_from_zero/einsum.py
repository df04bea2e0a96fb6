import torch


def trace(x):
    return sum(torch.einsum("ii->i", x))
