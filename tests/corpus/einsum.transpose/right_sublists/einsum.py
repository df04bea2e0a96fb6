import torch


def transpose(x):
    return torch.einsum(x, [0, 1], [1, 0])
