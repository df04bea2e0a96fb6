import torch


TABLE = {"pick": torch.Tensor.index_select}


def index_select_along(x, dim, index):
    return TABLE["pick"](x, dim, index)
