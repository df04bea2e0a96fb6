import torch


def index_select_along(x, dim, index, select=torch.index_select):
    return select(x, dim, index)
