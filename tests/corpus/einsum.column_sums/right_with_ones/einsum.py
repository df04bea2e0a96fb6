import torch


def column_sums(x):
    return torch.einsum("i,ij->j", x.new_ones(x.shape[0]), x)
