import torch


def diagonal_2d(x):
    steps = torch.arange(x.shape[0], device=x.device)
    return x.gather(1, steps[:, None]).squeeze(1)
