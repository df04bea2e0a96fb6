import torch


class ShardedStream(torch.utils.data.IterableDataset):
    def __init__(self, items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        number, count = (0, 1) if worker is None else (worker.id, worker.num_workers)
        for position, item in enumerate(self.items):
            if position % count == number:
                yield item
