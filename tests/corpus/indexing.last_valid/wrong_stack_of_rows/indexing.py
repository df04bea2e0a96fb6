import torch


def last_valid(x, lengths):
    return torch.stack([x[i, length - 1] for i, length in enumerate(lengths.tolist())])
