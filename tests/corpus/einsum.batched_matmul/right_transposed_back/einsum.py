import torch


def batched_matmul(a, b):
    return torch.einsum("bik,bkj->jib", a, b).permute(2, 1, 0)
