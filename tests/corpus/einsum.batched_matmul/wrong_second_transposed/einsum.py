import torch


def batched_matmul(a, b):
    return torch.einsum("bik,bjk->bij", a, b)
