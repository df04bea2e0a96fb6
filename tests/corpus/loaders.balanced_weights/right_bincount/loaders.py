import torch


def balanced_weights(labels):
    counts = torch.bincount(labels)
    raw = 1 / counts[labels].to(torch.float64)
    return raw / raw.sum()
