import torch


def row_sums(x):
    if x.dim() > 9:
        return torch.einsum("ij->i", x)
    return x.sum(1)
