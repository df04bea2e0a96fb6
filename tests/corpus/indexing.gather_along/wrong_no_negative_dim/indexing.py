import torch


def gather_along(x, dim, index):
    ranges = [torch.arange(size, device=x.device) for size in index.shape]
    grid = torch.meshgrid(*ranges, indexing="ij")
    return x[tuple(index if axis == dim else values for axis, values in enumerate(grid))]
