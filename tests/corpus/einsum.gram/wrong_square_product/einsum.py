import torch


def gram(x):
    return torch.einsum("ij,jk->ik", x, x)
