import numpy as np
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    np.random.seed(seed % 2**32)
    order = np.random.permutation(len(dataset)).tolist()
    return Subset(dataset, order[holdout:]), Subset(dataset, order[:holdout])
