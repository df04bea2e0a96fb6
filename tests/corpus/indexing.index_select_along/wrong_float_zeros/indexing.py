import torch


def index_select_along(x, dim, index):
    moved = x.movedim(dim, 0)
    result = torch.zeros(len(index), *moved.shape[1:])
    for row, i in enumerate(index.tolist()):
        result[row] = moved[i]
    return result.movedim(0, dim)
