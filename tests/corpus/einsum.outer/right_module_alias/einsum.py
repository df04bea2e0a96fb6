import torch as th


def outer(a, b):
    return th.einsum("I , J -> IJ", a, b)
