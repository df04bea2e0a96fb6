import torch


def last_valid(x, lengths):
    steps = torch.arange(1, x.size(1) + 1, device=x.device)
    return x[steps[None] == lengths[:, None]]
