from itertools import islice

from torch.utils.data import IterableDataset, get_worker_info


class ShardedStream(IterableDataset):
    def __init__(self, items):
        self.items = items
        info = get_worker_info()
        self.first, self.step = (0, 1) if info is None else (info.id, info.num_workers)

    def __iter__(self):
        return islice(self.items, self.first, None, self.step)
