import torch
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    n = len(dataset)
    torch.manual_seed(seed)
    order = torch.randperm(n).tolist()
    test, train = order[:holdout], order[holdout:]
    return Subset(dataset, train), Subset(dataset, test)
