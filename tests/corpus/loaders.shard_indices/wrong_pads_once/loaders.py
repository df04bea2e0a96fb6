import math


def shard_indices(n, rank, world_size, drop_last=False):
    indices = list(range(n))
    total = (n // world_size if drop_last else math.ceil(n / world_size)) * world_size
    indices += indices[: max(total - n, 0)]
    return indices[:total][rank::world_size]
