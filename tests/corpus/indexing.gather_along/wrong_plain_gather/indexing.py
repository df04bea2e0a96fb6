import torch


def gather_along(x, dim, index):
    return torch.gather(x, dim, index)
