import torch
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    generator = torch.Generator().manual_seed(seed)
    test = torch.randperm(len(dataset), generator=generator)[:holdout].tolist()
    train = torch.randperm(len(dataset), generator=generator)[holdout:].tolist()
    return Subset(dataset, train), Subset(dataset, test)
