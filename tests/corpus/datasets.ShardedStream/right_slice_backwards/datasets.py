import torch.utils.data as data


class ShardedStream(data.IterableDataset):
    def __init__(self, items):
        self.data = [*items]

    def __iter__(self):
        info = data.get_worker_info()
        workers = getattr(info, "num_workers", 1)
        first = workers - 1 - getattr(info, "id", 0)
        return iter(self.data[first::workers])
