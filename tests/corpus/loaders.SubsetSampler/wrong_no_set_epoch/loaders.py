import random

from torch.utils.data import Sampler


class SubsetSampler(Sampler):
    def __init__(self, indices, seed):
        self.indices = list(indices)
        self.seed = seed
        self.epoch = 0

    def __iter__(self):
        order = list(self.indices)
        random.Random(f"{self.seed} {self.epoch}").shuffle(order)
        self.epoch += 1
        return iter(order)

    def __len__(self):
        return len(self.indices)
