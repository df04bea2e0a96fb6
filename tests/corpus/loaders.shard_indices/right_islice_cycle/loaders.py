from itertools import cycle, islice


def shard_indices(n: int, rank: int, world_size: int, drop_last: bool = False) -> list[int]:
    rounds, rest = divmod(n, world_size)
    if rest and not drop_last:
        rounds += 1
    return list(islice(cycle(range(n)), rank, rounds * world_size, world_size))
