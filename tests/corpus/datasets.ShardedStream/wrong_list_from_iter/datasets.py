from torch.utils.data import IterableDataset, get_worker_info


class ShardedStream(IterableDataset):
    def __init__(self, items):
        self.items = list(items)

    def __iter__(self):
        info = get_worker_info()
        return self.items if info is None else self.items[info.id :: info.num_workers]
