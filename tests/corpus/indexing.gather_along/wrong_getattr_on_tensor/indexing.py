import torch


NAME = "".join(["g", "a", "t", "h", "e", "r"])


def gather_along(x, dim, index):
    method = getattr(x, NAME)
    return method(dim, index)
