import torch


def transpose(x):
    return x.permute(1, 0)
