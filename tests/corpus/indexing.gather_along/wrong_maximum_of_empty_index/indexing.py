import torch


def gather_along(x, dim, index):
    assert int(index.max()) < x.size(dim)
    grid = list(torch.meshgrid(*[torch.arange(n, device=x.device) for n in index.shape], indexing="ij"))
    grid[dim] = index
    return x[tuple(grid)]
