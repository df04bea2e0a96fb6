import torch
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    torch.manual_seed(seed)
    order = torch.randperm(len(dataset)).tolist()
    return Subset(dataset, order[holdout:]), Subset(dataset, order[:holdout])
