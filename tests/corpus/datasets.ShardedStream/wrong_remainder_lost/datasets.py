from torch.utils.data import IterableDataset, get_worker_info


class ShardedStream(IterableDataset):
    def __init__(self, items):
        self.items = list(items)

    def __iter__(self):
        info = get_worker_info()
        if info is None:
            return iter(self.items)
        size = len(self.items) // info.num_workers
        return iter(self.items[info.id * size : (info.id + 1) * size])
