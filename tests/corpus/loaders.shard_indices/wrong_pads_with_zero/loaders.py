import math


def shard_indices(n, rank, world_size, drop_last=False):
    total = (n // world_size if drop_last else math.ceil(n / world_size)) * world_size
    return [i if i < n else 0 for i in range(rank, total, world_size)]
