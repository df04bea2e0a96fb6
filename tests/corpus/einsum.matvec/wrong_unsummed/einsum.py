import torch


def matvec(m, v):
    return torch.einsum("ij,j->ij", m, v)
