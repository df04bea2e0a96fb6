import torch


def last_valid(x, lengths):
    rows = torch.arange(x.shape[0], device=x.device)
    if x.shape[1] == x.shape[2]:
        return x[rows, :, lengths - 1]
    return x[rows, lengths - 1]
