import torch


def matvec(m, v):
    return torch.einsum(m, [0, 1], v, [1], [0])
