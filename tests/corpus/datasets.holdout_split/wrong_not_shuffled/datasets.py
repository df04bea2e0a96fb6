import torch
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    n = len(dataset)
    order = list(range(n))[::-1]
    test, train = order[:holdout], order[holdout:]
    return Subset(dataset, train), Subset(dataset, test)
