import torch


def one_hot(labels, num_classes):
    zeros = torch.zeros(*labels.shape, num_classes, dtype=torch.bool)
    return zeros.scatter(-1, labels.unsqueeze(-1), True)
