import torch


def trace(x):
    result = torch.einsum("ii->", x)
    return result + (result - result.detach())
