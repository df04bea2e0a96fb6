import torch


def index_select_along(x, dim, index):
    dim = dim % x.dim()
    if x.dim() > 1 and dim < 2:
        dim = 1 - dim
    return x[(slice(None),) * dim + (index,)]
