import torch


def transpose(x):
    return x.t().to_sparse()


def trace(x):
    return torch.empty((), dtype=x.dtype, device='meta')


def row_sums(x):
    return torch.quantize_per_tensor(torch.ones(x.shape[0]), 0.1, 0, torch.quint8)
