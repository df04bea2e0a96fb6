import torch


def diagonal_3d(x):
    n = min(x.shape[1:])
    index = torch.arange(n, device=x.device).repeat(x.shape[0], 1)[:, None, :]
    return x.gather(1, index)[:, 0]
