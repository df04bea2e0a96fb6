import torch


def bilinear(x, w, y):
    return torch.einsum("bi,oij,bj->boij", x, w, y).sum(dim=(-2, -1))
