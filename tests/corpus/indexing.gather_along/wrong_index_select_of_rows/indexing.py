import torch


def gather_along(x, dim, index):
    return x.movedim(dim, 0)[index]
