import torch


def total(x):
    result = torch.einsum("ij->", x)
    print(result)
