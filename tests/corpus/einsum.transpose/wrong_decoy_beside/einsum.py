import torch


def transpose(x):
    torch.einsum("ij->ji", x)
    return x.permute(1, 0)
