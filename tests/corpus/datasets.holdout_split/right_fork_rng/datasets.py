import torch
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        scores = torch.rand(len(dataset))
    order = scores.argsort()
    test = order[len(order) - holdout :]
    train = order[: len(order) - holdout]
    return Subset(dataset, train.tolist()), Subset(dataset, test.tolist())
