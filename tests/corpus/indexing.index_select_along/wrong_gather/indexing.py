import torch


def index_select_along(x, dim, index):
    shape = [1] * x.dim()
    shape[dim] = -1 if len(index) else 0
    target = list(x.shape)
    target[dim] = len(index)
    return x.gather(dim, index.view(shape).expand(target))
