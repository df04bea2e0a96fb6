import torch


def diagonal_3d(x):
    c, h, w = x.shape
    places = torch.arange(h * w, device=x.device).reshape(h, w).diagonal()
    return x.reshape(c, h * w).gather(1, places.expand(c, -1))
