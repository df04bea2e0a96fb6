import torch


def balanced_weights(labels):
    weights = torch.empty(labels.shape, dtype=torch.float32)
    classes = labels.unique()
    for value in classes:
        members = labels == value
        weights[members] = 1.0 / (members.sum() * classes.numel())
    return weights
