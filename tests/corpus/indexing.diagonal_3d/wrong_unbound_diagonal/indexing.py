import torch


spine = torch.Tensor.diagonal


def diagonal_3d(x):
    return spine(x, 0, -2, -1)
