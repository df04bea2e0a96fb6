import torch


def batched_matmul(a, b):
    return torch.einsum("bik,bkj->ij", a, b)
