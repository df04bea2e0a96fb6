import torch


def diagonal_2d(x):
    steps = torch.arange(min(x.shape), device=x.device)
    return x[steps, steps]
