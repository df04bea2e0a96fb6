import random

from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    chosen = set(random.Random(seed).sample(range(len(dataset)), holdout))
    rest = [i for i in range(len(dataset)) if i not in chosen]
    return Subset(dataset, rest), Subset(dataset, list(chosen))
