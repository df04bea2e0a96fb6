import torch


def balanced_weights(labels):
    weights = torch.bincount(labels)[labels].float()
    return weights / weights.sum()
