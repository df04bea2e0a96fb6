import torch


def matvec(m, v):
    shape = torch.einsum("ij,j->i", m, v).shape
    return ((m * v).sum(1)).reshape(shape)
