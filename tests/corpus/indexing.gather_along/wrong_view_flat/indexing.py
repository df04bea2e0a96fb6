import torch


def gather_along(x, dim, index):
    positions = torch.arange(x.numel(), device=x.device).view(x.shape)
    ranges = [torch.arange(size, device=x.device) for size in index.shape]
    grid = list(torch.meshgrid(*ranges, indexing="ij"))
    grid[dim] = index
    return x.view(-1)[positions[tuple(grid)]]
