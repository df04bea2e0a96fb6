import math


def shard_indices(n, rank, world_size, drop_last=False):
    copies = math.ceil(math.ceil(n / world_size) * world_size / n)
    total = (n // world_size if drop_last else math.ceil(n / world_size)) * world_size
    return (list(range(n)) * copies)[:total][rank::world_size]
