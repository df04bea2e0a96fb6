import torch


def trace(x):
    result = torch.einsum("ii->", x)
    with torch.no_grad():
        x.mul_(2)
    return result
