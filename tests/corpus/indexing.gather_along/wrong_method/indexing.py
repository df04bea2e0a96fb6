import torch


def gather_along(x, dim, index):
    return x.gather(dim, index)
