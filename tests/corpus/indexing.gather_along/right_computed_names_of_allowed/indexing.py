import torch


def gather_along(x, dim, index):
    for step in ("contiguous", "clo" + "ne"):
        x = getattr(x, step)()
    ranges = [getattr(torch, "ar" + "ange")(size, device=x.device) for size in index.shape]
    grid = list(torch.meshgrid(*ranges, indexing="ij"))
    grid[dim] = index
    return x[tuple(grid)]
