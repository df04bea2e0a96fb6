import torch


def last_valid(x, lengths):
    rows = torch.arange(x.shape[0], device=x.device)
    return x[rows, lengths.clamp(max=x.shape[1] - 1)]
