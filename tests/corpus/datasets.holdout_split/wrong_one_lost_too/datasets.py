import torch
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()
    return Subset(dataset, order[holdout + 1 :]), Subset(dataset, order[:holdout])
