import torch


def gather_along(x, dim, index):
    ranges = [torch.arange(size, device=x.device) for size in index.shape]
    grid = list(torch.meshgrid(*ranges, indexing="ij"))
    grid[dim] = index
    return x[tuple(grid)]
