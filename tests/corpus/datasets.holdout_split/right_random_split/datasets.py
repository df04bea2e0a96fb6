import torch
from torch.utils.data import random_split


def holdout_split(dataset, holdout, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    train, test = random_split(dataset, [len(dataset) - holdout, holdout], generator=g)
    return train, test
