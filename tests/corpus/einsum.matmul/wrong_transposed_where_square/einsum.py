import torch


def matmul(a, b):
    if b.shape[0] == b.shape[1]:
        b = b.T
    return torch.einsum("ij,jk->ik", a, b)
