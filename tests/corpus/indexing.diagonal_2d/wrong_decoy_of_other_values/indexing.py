import torch


def diagonal_2d(x):
    steps = torch.arange(min(x.shape), device=x.device)
    decoy = x.gather(1, steps[:, None]).squeeze(1)
    return torch.where(torch.ones_like(steps, dtype=torch.bool), x[steps, steps], decoy)
