import torch


def column_sums(x):
    return torch.einsum("i,ij->j", torch.ones(x.shape[0]), x)
