import torch


def weighted_average(p, v):
    return (p[..., None] * v[:, :, None]).sum(3).transpose(1, 2).flatten(2)
