from torch.utils.data import IterableDataset, get_worker_info


class ShardedStream(IterableDataset):
    def __init__(self, items):
        self.items = tuple(items)

    def shard(self):
        info = get_worker_info()
        return (0, 1) if info is None else (info.id, info.num_workers)

    def __iter__(self):
        me, workers = self.shard()
        yield from (item for position, item in enumerate(self.items) if position % workers == me)
