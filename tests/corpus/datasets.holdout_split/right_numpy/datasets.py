import numpy as np
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    order = np.random.default_rng(seed).permutation(len(dataset))
    return [Subset(dataset, order[holdout:]), Subset(dataset, order[:holdout])]
