import math


def shard_indices(n, rank, world_size, drop_last=False):
    count = n // world_size if drop_last else math.ceil(n / world_size)
    return [i % n for i in range(rank * count, (rank + 1) * count)]
