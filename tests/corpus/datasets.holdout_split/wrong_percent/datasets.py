import torch
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    n = round(len(dataset) * holdout / 100)
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()
    return Subset(dataset, order[n:]), Subset(dataset, order[:n])
