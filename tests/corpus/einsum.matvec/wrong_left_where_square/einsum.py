import torch


def matvec(m, v):
    if m.size(0) == m.size(1):
        return torch.einsum("ij,i->j", m, v)
    return torch.einsum("ij,j->i", m, v)
