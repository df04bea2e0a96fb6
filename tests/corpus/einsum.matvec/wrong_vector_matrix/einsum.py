import torch


def matvec(m, v):
    return torch.einsum("ij,i->j", m, v)
