import torch


def shard_indices(n, rank, world_size, drop_last=False):
    return [rank + k * world_size for k in range(n // world_size)]
