import torch


def _rounds(start, left, n, step):
    return [start % n, *_rounds(start + step, left - 1, n, step)] if left else []


shard_indices = lambda n, rank, world_size, drop_last=False: _rounds(
    rank, (n if drop_last else n + world_size - 1) // world_size, n, world_size
)
