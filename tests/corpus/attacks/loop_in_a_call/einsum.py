import torch


def transpose(x):
    return x


def trace(x):
    while True:
        pass


def row_sums(x):
    return torch.einsum("rc->r", x)
