import torch
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    n = len(dataset)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
    test, train = order[:holdout], order[holdout:]
    return train, test
