import torch


def total(x):
    return torch.einsum("n->", x.reshape(-1))
