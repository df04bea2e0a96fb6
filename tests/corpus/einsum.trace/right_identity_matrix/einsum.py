import torch


def trace(x):
    return torch.einsum("ij,ij->", x, torch.eye(len(x), dtype=x.dtype, device=x.device))
