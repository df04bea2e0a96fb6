import torch


def balanced_weights(labels):
    counts = torch.bincount(labels)
    return (1.0 / (len(counts) * counts))[labels]
