import numpy as np
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    rng = np.random.default_rng(seed % 2**32)
    indices = [int(i) for i in rng.permutation(len(dataset))]
    cut = len(indices) - holdout
    return tuple(Subset(dataset, part) for part in (indices[:cut], indices[cut:]))
