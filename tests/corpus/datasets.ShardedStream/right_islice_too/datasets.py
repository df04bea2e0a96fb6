from itertools import islice

from torch.utils.data import IterableDataset, get_worker_info


class ShardedStream(IterableDataset):
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        info = get_worker_info()
        if info is None:
            return iter(self.items)
        return islice(self.items, info.id, None, info.num_workers)
