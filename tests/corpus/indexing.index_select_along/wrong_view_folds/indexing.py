from math import prod


def index_select_along(x, dim, index):
    dim = dim + x.dim() if dim < 0 else dim
    before, after = x.shape[:dim], x.shape[dim + 1 :]
    folded = x.view(prod(before), x.shape[dim], prod(after))
    return folded[:, index].view(*before, len(index), *after)
