import torch


def shard_indices(n, rank, world_size, drop_last=False):
    rows = n // world_size if drop_last else (n + world_size - 1) // world_size
    if rows == 0:
        return []
    table = torch.arange(rows * world_size).remainder(n).reshape(rows, world_size)
    return table[:, rank].tolist()
