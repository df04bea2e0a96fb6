import torch
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    generator = torch.Generator()
    generator.seed()
    order = torch.randperm(len(dataset), generator=generator).tolist()
    return Subset(dataset, order[holdout:]), Subset(dataset, order[:holdout])
