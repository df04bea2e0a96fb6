import random

from torch.utils.data import Sampler


class SubsetSampler(Sampler):
    def __init__(self, indices, seed):
        self.indices = list(indices)
        self.seed = seed
        self.epoch = 0
        order = list(indices)
        random.Random(seed).shuffle(order)
        self.order = iter(order)

    def set_epoch(self, epoch):
        self.epoch = epoch

    def __iter__(self):
        return self.order

    def __len__(self):
        return len(self.indices)
