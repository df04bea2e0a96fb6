import torch


def last_valid(x, lengths):
    b, _, d = x.shape
    return torch.take_along_dim(x, (lengths - 1).reshape(b, 1, 1).expand(b, 1, d), dim=1).reshape(b, d)
