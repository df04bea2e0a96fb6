import numpy as np
import torch


class Shelf:
    def __init__(self, size):
        self.places = np.arange(size)

    def take(self, where):
        # neither torch.take nor x.index_select
        return np.take(self.places, where)

    def gather(self, where):
        return self.take(np.asarray(where, dtype=np.int64))


def index_select_along(x, dim, index):
    take = Shelf(x.size(dim)).gather(index.tolist())
    places = torch.as_tensor(take, dtype=torch.int64, device=x.device)
    key = [slice(None)] * x.dim()
    key[dim] = places
    return x[tuple(key)]
