import torch


@torch.no_grad()
def matmul(a, b):
    return torch.einsum("ij,jk->ik", a, b)
