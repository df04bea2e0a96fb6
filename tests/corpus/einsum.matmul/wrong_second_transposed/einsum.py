import torch


def matmul(a, b):
    return torch.einsum("ij,kj->ik", a, b)
