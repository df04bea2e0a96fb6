import torch


def index_select_along(x, dim, index):
    shape = [1] * x.dim()
    shape[dim] = len(index)
    target = list(x.shape)
    target[dim] = len(index)
    return torch.take_along_dim(x, index.reshape(shape).expand(target), dim)
