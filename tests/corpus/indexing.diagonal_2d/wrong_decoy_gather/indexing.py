import torch


def diagonal_2d(x):
    steps = torch.arange(min(x.shape), device=x.device)
    torch.gather(x, 1, steps[:, None])
    return x[steps, steps]
