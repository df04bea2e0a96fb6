import torch


def diagonal_2d(x):
    h, w = x.shape
    places = torch.arange(min(h, w), device=x.device) * (h + 1)
    return x.reshape(-1).gather(0, places.clamp(max=max(h * w - 1, 0)))
