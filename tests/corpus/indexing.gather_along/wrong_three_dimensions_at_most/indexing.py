import torch


def gather_along(x, dim, index):
    i, j, k = (list(index.shape) + [1, 1])[:3]
    shape = (*index.shape, *[1] * (3 - index.dim()))
    wide, where = x.reshape(*x.shape, *[1] * (3 - x.dim())), index.reshape(shape)
    grid = [torch.arange(i)[:, None, None], torch.arange(j)[None, :, None], torch.arange(k)[None, None]]
    grid[dim % x.dim()] = where
    return wide[tuple(grid)].reshape(index.shape)
