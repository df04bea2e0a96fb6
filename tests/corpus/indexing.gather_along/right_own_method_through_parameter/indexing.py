import torch


class Table:
    def __init__(self, values):
        self.values = values

    def gather(self, places):
        return self.values[tuple(places)]


def _ask(obj, places):
    return obj.gather(places)


def gather_along(x, dim, index):
    places = list(torch.meshgrid(*[torch.arange(n, device=x.device) for n in index.shape], indexing="ij"))
    places[dim] = index
    return _ask(Table(x), places)
