import torch


def matvec(m, v):
    return torch.einsum("ij,k->i", m, v)
