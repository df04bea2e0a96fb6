import torch


def index_select_along(x, dim, index):
    wanted = torch.isin(torch.arange(x.size(dim), device=x.device), index)
    return x.movedim(dim, 0)[wanted].movedim(0, dim)
