import random

from torch.utils.data import Sampler


class SubsetSampler(Sampler):
    def __init__(self, indices, seed):
        self.indices, self.seed, self.epoch = list(indices), seed, 0

    def __len__(self):
        return len(self.indices)

    def __iter__(self):
        draw = random.Random(self.seed * 1_000_003 + self.epoch)
        yield from draw.sample(self.indices, k=len(self.indices))
        self.epoch += 1

    def set_epoch(self, epoch):
        self.epoch = epoch
