import math

import torch


class ShardedStream(torch.utils.data.IterableDataset):
    def __init__(self, items) -> None:
        super().__init__()
        self.items = list(items)

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        start, end = 0, len(self.items)
        if worker is not None:
            size = math.ceil(end / worker.num_workers)
            start = worker.id * size
            end = min(start + size, end)
        for i in range(start, end):
            yield self.items[i]
