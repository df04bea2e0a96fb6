from functools import partial

import torch

_operation = partial(torch.gather, sparse_grad=False)


def gather_along(x, dim, index):
    return _operation(x, dim, index)
