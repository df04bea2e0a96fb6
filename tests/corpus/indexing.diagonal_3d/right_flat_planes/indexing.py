import torch


def diagonal_3d(x):
    c, h, w = x.shape
    places = torch.arange(min(h, w), device=x.device) * (w + 1)
    return x.reshape(c, h * w).gather(1, places.expand(c, -1))
