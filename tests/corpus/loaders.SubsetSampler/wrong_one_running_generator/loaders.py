import random

from torch.utils.data import Sampler


class SubsetSampler(Sampler):
    def __init__(self, indices, seed):
        self.indices = list(indices)
        self.random = random.Random(seed)
        self.epoch = 0

    def set_epoch(self, epoch):
        self.epoch = epoch

    def __iter__(self):
        self.epoch += 1
        return iter(self.random.sample(self.indices, len(self.indices)))

    def __len__(self):
        return len(self.indices)
