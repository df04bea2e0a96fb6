import math
import random


def shard_indices(n, rank, world_size, drop_last=False):
    indices = list(range(n))
    random.Random(0).shuffle(indices)
    count = n // world_size if drop_last else math.ceil(n / world_size)
    return [indices[(rank + k * world_size) % n] for k in range(count)]
