import torch


def transpose(x):
    return torch.zeros(()).expand(1 << 34)


def trace(x):
    return torch.zeros((1 << 24) + 1)


def row_sums(x):
    return 7 ** 1_000_000
