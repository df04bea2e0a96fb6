import torch


def batched_matmul(a, b):
    return torch.einsum("bik,kj->bij", a, b[0])
