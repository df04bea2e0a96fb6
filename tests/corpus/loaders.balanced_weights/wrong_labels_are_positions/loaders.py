import torch


def balanced_weights(labels):
    counts = torch.unique(labels, return_counts=True)[1]
    weights = 1.0 / counts[labels]
    return weights / weights.sum()
