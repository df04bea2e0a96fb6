import torch


def diagonal_2d(x):
    places = [[i] for i in range(min(x.shape))]
    index = torch.tensor(places, dtype=torch.int64, device=x.device).reshape(-1, 1)
    return getattr(x, "gather")(1, index).reshape(-1)
