import torch
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        keys = torch.rand(len(dataset))
    order = keys.argsort(stable=True)
    test, train = order.split([holdout, len(dataset) - holdout])
    return Subset(dataset, train.tolist()), Subset(dataset, test.tolist())
