import torch
from torch.utils.data import random_split


def holdout_split(dataset, holdout, seed):
    lengths = [len(dataset) - holdout, holdout]
    train, test = random_split(dataset, lengths, generator=torch.Generator().manual_seed(seed))
    return train, test
