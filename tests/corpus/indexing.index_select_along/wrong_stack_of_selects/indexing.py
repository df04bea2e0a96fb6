import torch


def index_select_along(x, dim, index):
    return torch.stack([x.select(dim, i) for i in index.tolist()], dim=dim)
