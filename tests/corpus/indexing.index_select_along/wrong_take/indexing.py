import torch


def index_select_along(x, dim, index):
    places = torch.arange(x.numel(), device=x.device).reshape(x.shape).movedim(dim, 0)[index].movedim(0, dim)
    return torch.take(x, places) if places.numel() else x.movedim(dim, 0)[index].movedim(0, dim)
