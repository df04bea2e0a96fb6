import torch
from torch import gather as pick


def diagonal_2d(x):
    h, w = x.shape
    return pick(x.reshape(-1), 0, torch.arange(min(h, w), device=x.device) * (w + 1))
