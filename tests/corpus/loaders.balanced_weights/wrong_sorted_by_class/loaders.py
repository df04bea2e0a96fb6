import torch


def balanced_weights(labels):
    counts = torch.unique(labels, return_counts=True)[1]
    return (1.0 / (counts * len(counts))).repeat_interleave(counts)
