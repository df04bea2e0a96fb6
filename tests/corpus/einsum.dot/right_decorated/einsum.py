import functools

import torch


def checked(function):
    @functools.wraps(function)
    def wrapper(*tensors):
        assert all(isinstance(tensor, torch.Tensor) for tensor in tensors)
        return function(*tensors)

    return wrapper


@checked
def dot(a, b):
    return torch.einsum("i,i->", a, b)
