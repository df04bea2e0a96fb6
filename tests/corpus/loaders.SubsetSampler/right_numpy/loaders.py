import numpy as np
import torch.utils.data as data


class SubsetSampler(data.Sampler):
    def __init__(self, indices, seed):
        self.members, self.seed, self.passes = list(indices), seed, 0

    def set_epoch(self, epoch):
        self.passes = epoch

    def __iter__(self):
        order = np.random.default_rng([self.seed % 2**32, self.passes]).permutation(len(self.members))
        self.passes = self.passes + 1
        return (self.members[int(i)] for i in order)

    def __len__(self):
        return len(self.members)
