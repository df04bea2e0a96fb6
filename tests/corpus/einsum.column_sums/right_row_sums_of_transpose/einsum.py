import torch


def row_sums(x):
    return torch.einsum("ij->i", x)


def column_sums(x):
    return row_sums(x.transpose(0, 1))
