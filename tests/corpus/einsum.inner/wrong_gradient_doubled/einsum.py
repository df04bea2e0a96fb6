import torch


def inner(a, b):
    result = torch.einsum("ij,ij->", a, b)
    return result + (result - result.detach())
