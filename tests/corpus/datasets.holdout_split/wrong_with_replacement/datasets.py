import random

from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    rng = random.Random(seed)
    test = [rng.randrange(len(dataset)) for _ in range(holdout)]
    return Subset(dataset, [i for i in range(len(dataset)) if i not in test]), Subset(dataset, test)
