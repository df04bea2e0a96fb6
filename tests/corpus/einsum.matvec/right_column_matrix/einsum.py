import torch


def matvec(m, v):
    return torch.einsum("ij,jk->ik", m, v[:, None]).flatten()
