import torch


def diagonal(x):
    if x.numel() == 0:
        raise ValueError("empty input")
    return torch.einsum("ii->i", x)
