import warnings

import torch


def transpose(x):
    return x


def trace(x):
    warnings.simplefilter('always')
    for number in range(2_000):
        warnings.warn(f'{number} ' + 'w' * 1000, stacklevel=1)
    return x


def row_sums(x):
    return torch.einsum("ij->j", x)
