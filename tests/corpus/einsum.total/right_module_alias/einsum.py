import torch as th


def total(x):
    return th.einsum("IJ -> ", x)
