import torch


def _first(row, at):
    return torch.einsum("j,j->", row, at)


def trace(x):
    identity = torch.zeros_like(x).fill_diagonal_(1)
    if len(x) == 0:
        return torch.einsum("ij,ij->", x, identity)
    return torch.vmap(_first)(x, identity).sum()
