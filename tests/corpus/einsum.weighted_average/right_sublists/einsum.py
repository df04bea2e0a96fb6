import torch


def weighted_average(p, v):
    return torch.einsum(p, [0, 1, 2, 3], v, [0, 1, 3, 4], [0, 2, 1, 4]).flatten(2)
