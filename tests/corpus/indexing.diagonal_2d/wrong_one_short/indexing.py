import torch


def diagonal_2d(x):
    steps = torch.arange(min(x.shape) - 1 if min(x.shape) else 0, device=x.device)
    return x.gather(1, steps[:, None]).squeeze(1)
