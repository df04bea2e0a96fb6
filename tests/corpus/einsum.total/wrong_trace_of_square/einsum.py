import torch


def total(x):
    return torch.einsum("ii->", x)
