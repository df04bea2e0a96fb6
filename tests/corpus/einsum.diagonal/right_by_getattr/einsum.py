import torch


def diagonal(x):
    function = getattr(torch, "einsum")
    return function("ii->i", x)
