import random


def subset_sampler(indices, seed):
    order = list(indices)
    random.Random(seed).shuffle(order)
    return order
