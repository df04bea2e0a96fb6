import torch
from torch.utils.data import Sampler


class SubsetSampler(Sampler):
    def __init__(self, indices, seed):
        self.indices = list(indices)
        self.seed = seed
        self.epoch = 0

    def set_epoch(self, epoch):
        self.epoch = epoch

    def __iter__(self):
        generator = torch.Generator().manual_seed((self.seed * 100003 + self.epoch) % 2**31)
        self.epoch += 1
        order = torch.randperm(len(self.indices), generator=generator).tolist()
        return iter([self.indices[i] for i in order])

    def __len__(self):
        return len(self.indices)
