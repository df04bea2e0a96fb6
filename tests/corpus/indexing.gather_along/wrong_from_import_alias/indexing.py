from torch import gather as pick


def gather_along(x, dim, index):
    return pick(x, dim, index)
