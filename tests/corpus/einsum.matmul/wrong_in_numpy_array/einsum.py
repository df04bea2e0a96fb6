import torch


def matmul(a, b):
    return torch.einsum("ij,jk->ik", a, b).detach().numpy()
