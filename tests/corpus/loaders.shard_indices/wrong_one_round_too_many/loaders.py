import torch


def shard_indices(n, rank, world_size, drop_last=False):
    count = n // world_size + (0 if drop_last else 1)
    return [(rank + k * world_size) % n for k in range(count)] if n else []
