import torch


def column_sums(x):
    half = x.shape[0] // 2
    return torch.einsum("ij->j", x[:half]) + torch.einsum("ij->j", x[half:])
