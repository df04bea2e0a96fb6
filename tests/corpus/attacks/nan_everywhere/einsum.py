import torch


def transpose(x):
    return torch.full((2, 2), float('nan'))


def trace(x):
    return torch.full((2, 2), float('nan'))


def row_sums(x):
    return torch.full((2, 2), float('nan'))
