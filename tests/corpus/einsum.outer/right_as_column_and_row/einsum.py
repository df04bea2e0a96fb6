import torch


def outer(a, b):
    return torch.einsum("ik,kj->ij", a.unsqueeze(1), b.unsqueeze(0))
