import torch


def diagonal(x):
    picked = torch.eye(x.shape[0], dtype=x.dtype, device=x.device)
    return torch.einsum("ij,ij->i", x, picked)
