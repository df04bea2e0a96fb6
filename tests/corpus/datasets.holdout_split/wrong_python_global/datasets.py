import random

from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    random.seed(seed)
    order = list(range(len(dataset)))
    random.shuffle(order)
    return Subset(dataset, order[holdout:]), Subset(dataset, order[:holdout])
