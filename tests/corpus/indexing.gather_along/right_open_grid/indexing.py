import torch


def gather_along(x, dim, index):
    rank = index.dim()
    dim = dim % rank
    coordinates = []
    for axis in range(rank):
        shape = [1] * rank
        shape[axis] = index.size(axis)
        coordinates.append(index if axis == dim else torch.arange(index.size(axis), device=index.device).view(shape))
    return x[tuple(coordinates)]
