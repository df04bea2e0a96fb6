import torch


def gather(x, steps):
    return x[steps, steps]


def diagonal_2d(x):
    return gather(x, torch.arange(min(x.shape), device=x.device))
