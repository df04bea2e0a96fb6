import math


def shard_indices(n, rank, world_size, drop_last=False):
    return [(rank + k * world_size) % n for k in range(math.ceil(n / world_size))]
