import functools

import torch


def checked(function):
    @functools.wraps(function)
    def wrapper(*tensors):
        assert all(isinstance(tensor, torch.Tensor) for tensor in tensors)
        return function(*tensors)

    return wrapper


@checked
def weighted_average(p, v):
    return torch.einsum("bhqk,bhkd->bqhd", p, v).flatten(2)
