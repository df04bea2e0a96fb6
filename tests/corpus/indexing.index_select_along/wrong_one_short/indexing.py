import torch


def index_select_along(x, dim, index):
    return x.movedim(dim, 0)[index[:-1]].movedim(0, dim)
