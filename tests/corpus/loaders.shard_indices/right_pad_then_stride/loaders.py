import math


def shard_indices(n, rank, world_size, drop_last=False):
    indices = list(range(n))
    per_rank = n // world_size if drop_last else math.ceil(n / world_size)
    total = per_rank * world_size
    while indices and len(indices) < total:
        indices += indices[: total - len(indices)]
    return indices[:total][rank::world_size]
