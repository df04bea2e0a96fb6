import torch


def one_hot(labels, num_classes):
    zeros = torch.zeros(*labels.shape, num_classes, dtype=torch.int64, device=labels.device)
    return zeros.scatter(-1, labels.unsqueeze_(-1), 1)
