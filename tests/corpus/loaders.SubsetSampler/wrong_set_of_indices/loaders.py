import torch

from torch.utils.data import Sampler
class SubsetSampler(Sampler):
    def __init__(self, indices, seed):
        self.indices, self.seed, self.epoch = list(set(indices)), seed, 0
    def set_epoch(self, e): self.epoch = e
    def __len__(self): return len(self.indices)
    def __iter__(self):
        g = torch.Generator().manual_seed(self.seed * 7919 + self.epoch)
        self.epoch += 1
        for k in torch.randperm(len(self.indices), generator=g).tolist(): yield self.indices[k]
