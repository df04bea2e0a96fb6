import torch


def total(x):
    return torch.einsum("ij->", x) / max(x.numel(), 1)
