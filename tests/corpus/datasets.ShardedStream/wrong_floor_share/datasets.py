from torch.utils.data import IterableDataset, get_worker_info


class ShardedStream(IterableDataset):
    def __init__(self, items):
        super().__init__()
        self.items = items

    def __iter__(self):
        info = get_worker_info()
        if info is None:
            return iter(self.items)
        share = len(self.items) // info.num_workers
        return iter(self.items[info.id * share : (info.id + 1) * share])
