import torch


def gram(x):
    return torch.einsum("ki,kj->ij", x, x)
