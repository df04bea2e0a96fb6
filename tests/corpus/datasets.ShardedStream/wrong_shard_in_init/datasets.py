from torch.utils.data import IterableDataset, get_worker_info


class ShardedStream(IterableDataset):
    def __init__(self, items):
        info = get_worker_info()
        self.items = items if info is None else items[info.id :: info.num_workers]

    def __iter__(self):
        yield from self.items
