import torch


def diagonal_2d(x):
    steps = torch.arange(min(x.shape), device=x.device)
    return x.gather(1, steps[:, None]).squeeze()
