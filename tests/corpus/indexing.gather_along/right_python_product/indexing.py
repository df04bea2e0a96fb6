from itertools import product

import torch


def gather_along(x, dim, index):
    flat = []
    for place in product(*map(range, index.shape)):
        where = list(place)
        where[dim] = int(index[place])
        position = 0
        for size, coordinate in zip(x.shape, where):
            position = position * size + coordinate
        flat.append(position)
    chosen = torch.tensor(flat, dtype=torch.int64, device=x.device)
    return x.reshape(-1)[chosen].reshape(index.shape)
