import random

from torch.utils.data.sampler import Sampler


class SubsetSampler(Sampler[int]):
    def __init__(self, indices, seed):
        self._indices = tuple(indices)
        self._seed = seed
        self._epoch = 0

    def __len__(self):
        return len(self._indices)

    def __iter__(self):
        order = list(self._indices)
        random.Random(f"{self._seed} {self._epoch}").shuffle(order)
        self._epoch += 1
        yield from order

    def set_epoch(self, epoch):
        self._epoch = int(epoch)
