import torch


def shard_indices(n, rank, world_size, drop_last=False):
    total = n - n % world_size if drop_last else n
    return list(range(rank, total, world_size))
