import numpy as np


def shard_indices(n, rank, world_size, drop_last=False):
    total = n - n % world_size if drop_last else n + -n % world_size
    return np.resize(np.arange(n), total)[rank::world_size].tolist()
