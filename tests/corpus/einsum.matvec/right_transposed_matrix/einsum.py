import torch


def matvec(m, v):
    return torch.einsum("j,ji->i", v, m.mT)
