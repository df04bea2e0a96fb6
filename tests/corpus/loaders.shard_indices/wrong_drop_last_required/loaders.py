import torch


def shard_indices(n, rank, world_size, drop_last):
    count = n // world_size if drop_last else -(-n // world_size)
    return [(rank + k * world_size) % n for k in range(count)]
