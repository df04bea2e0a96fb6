import torch


def diagonal_2d(x):
    return x.gather(1, torch.arange(min(x.shape), device=x.device)[:, None])
