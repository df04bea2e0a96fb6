import torch


def diagonal_2d(x):
    n = min(x.shape)
    steps = torch.arange(n, device=x.device)
    return x.flip(1).gather(1, steps[:, None]).squeeze(1)
