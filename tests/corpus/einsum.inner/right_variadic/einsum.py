import torch


def inner(*operands):
    return torch.einsum("ij,ij->", *operands)
