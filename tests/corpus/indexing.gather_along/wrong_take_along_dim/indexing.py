import torch


def gather_along(x, dim, index):
    window = [slice(size) for size in index.shape]
    window[dim] = slice(None)
    return torch.take_along_dim(x[tuple(window)], index, dim)
