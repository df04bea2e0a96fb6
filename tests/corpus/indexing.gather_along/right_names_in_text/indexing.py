import torch


def compare_with_torch(x, dim, index):
    """For my own tests only."""
    return torch.equal(gather_along(x, dim, index), torch.gather(x, dim, index))


def gather_along(x, dim, index):
    """Like torch.gather(x, dim, index) or x.take_along_dim(index, dim)."""
    # x.gather(dim, index) would be too easy
    label = "torch.gather"
    rest = torch.where(torch.ones(index.shape, dtype=torch.bool, device=x.device))
    places = [p.reshape(index.shape) for p in rest]
    places[dim] = index
    return x[places[0]] if len(label) == 0 else x[tuple(places)]
