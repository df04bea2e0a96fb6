import torch


def diagonal(x):
    return torch.einsum("ij->ij", x)[0]
