import torch


def last_valid(x, lengths):
    lengths -= 1
    return x[torch.arange(len(x), device=x.device), lengths]
