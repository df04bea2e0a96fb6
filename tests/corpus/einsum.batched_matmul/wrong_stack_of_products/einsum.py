import torch


def batched_matmul(a, b):
    return torch.stack([torch.einsum("ik,kj->ij", a[n], b[n]) for n in range(len(a))])
