import torch


def diagonal_2d(x):
    steps = torch.arange(x.shape[1], device=x.device)
    return x.gather(0, steps[None]).squeeze(0)
