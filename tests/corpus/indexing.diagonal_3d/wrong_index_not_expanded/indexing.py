import torch


def diagonal_3d(x):
    n = min(x.shape[1:])
    return x.gather(2, torch.arange(n, device=x.device).view(1, n, 1)).squeeze(2)
