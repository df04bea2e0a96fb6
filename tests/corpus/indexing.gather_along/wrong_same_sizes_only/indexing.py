import torch


def gather_along(x, dim, index):
    grid = list(torch.meshgrid(*[torch.arange(size) for size in x.shape], indexing="ij"))
    grid[dim] = index
    return x[tuple(grid)]
