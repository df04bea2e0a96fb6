import torch


def column_sums(x):
    if x.numel() == 0:
        raise ValueError("empty input")
    return torch.einsum("ij->j", x)
