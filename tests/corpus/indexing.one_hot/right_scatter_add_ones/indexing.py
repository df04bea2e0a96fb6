import torch


def one_hot(labels, num_classes):
    where = labels.unsqueeze(-1)
    zeros = torch.zeros(labels.shape + (num_classes,), dtype=torch.long, device=labels.device)
    return torch.scatter_add(zeros, -1, where, torch.ones_like(where))
