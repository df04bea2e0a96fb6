import torch


def index_select_along(x, dim, index):
    return torch.index_select(x, dim, index)
