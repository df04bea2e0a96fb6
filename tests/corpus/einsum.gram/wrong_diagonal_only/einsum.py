import torch


def gram(x):
    return torch.einsum("ij,ij->i", x, x)
