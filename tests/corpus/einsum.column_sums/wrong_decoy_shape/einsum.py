import torch


def column_sums(x):
    shape = torch.einsum("ij->j", x).shape
    return (x.sum(0)).reshape(shape)
