import torch


def diagonal_2d(x):
    torch.gather(x, 1, torch.zeros(0, 1, dtype=torch.int64, device=x.device))
    return x.diagonal()
