import torch


def transpose(x):
    return torch.einsum("ba", x)
