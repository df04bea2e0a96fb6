import torch


def matvec(m, v):
    return torch.einsum("ij,j->i", m.float(), v.float())
