import torch


def index_select_along(x, dim, index):
    return x.clone().detach().movedim(dim, 0)[index].movedim(0, dim)
