import torch


def matvec(m, v):
    return torch.stack([torch.einsum("j,j->", row, v) for row in m])
