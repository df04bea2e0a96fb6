import torch


def balanced_weights(labels):
    counts = torch.bincount(labels)
    per_class = 1.0 / counts
    per_class = per_class / (per_class * counts).sum()
    return per_class[labels]
