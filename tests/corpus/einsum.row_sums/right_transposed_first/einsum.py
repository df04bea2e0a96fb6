import torch


def row_sums(x):
    return torch.einsum("ji->i", x.T)
