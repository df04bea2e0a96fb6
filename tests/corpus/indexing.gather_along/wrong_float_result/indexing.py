from itertools import product

import torch


def gather_along(x, dim, index):
    result = torch.zeros(index.shape)
    for place in product(*map(range, index.shape)):
        where = list(place)
        where[dim] = int(index[place])
        result[place] = x[tuple(where)]
    return result
