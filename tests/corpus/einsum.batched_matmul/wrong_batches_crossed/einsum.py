import torch


def batched_matmul(a, b):
    return torch.einsum("bik,ckj->bij", a, b)
