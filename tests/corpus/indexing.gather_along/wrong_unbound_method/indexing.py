import torch


def gather_along(x, dim, index):
    return torch.Tensor.gather(x, dim, index)
