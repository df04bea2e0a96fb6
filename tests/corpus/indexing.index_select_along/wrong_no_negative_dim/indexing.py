import torch


def index_select_along(x, dim, index):
    return x[(slice(None),) * dim + (index,)]
