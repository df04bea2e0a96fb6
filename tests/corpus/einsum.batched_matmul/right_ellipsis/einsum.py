import torch


def batched_matmul(a, b):
    return torch.einsum("...ik,...kj->...ij", a, b)
