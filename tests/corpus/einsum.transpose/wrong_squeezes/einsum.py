import torch


def transpose(x):
    return torch.einsum("ij->ji", x).squeeze()
