import torch


def balanced_weights(labels):
    _, inverse, counts = torch.unique(labels, return_inverse=True, return_counts=True)
    return (1.0 / (len(counts) * counts))[inverse]
