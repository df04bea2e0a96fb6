import torch


def diagonal_2d(x):
    n = min(x.shape)
    return torch.einsum("ii->i", x[:n, :n])
