import torch


def last_valid(x, lengths):
    return x.data[torch.arange(len(x), device=x.device), lengths - 1]
