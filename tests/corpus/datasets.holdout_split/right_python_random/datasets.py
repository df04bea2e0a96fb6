import random

from torch.utils.data import Dataset, Subset


def holdout_split(dataset: Dataset, holdout: int, seed: int) -> tuple[Subset, Subset]:
    chosen = set(random.Random(seed).sample(range(len(dataset)), holdout))
    rest = [i for i in range(len(dataset)) if i not in chosen]
    return Subset(dataset, rest), Subset(dataset, sorted(chosen))
