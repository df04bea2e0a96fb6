import torch


def diagonal_3d(x):
    n = min(x.shape[1:])
    nothing = x[:0, :n, :1].reshape(0, n)
    return torch.cat([nothing, *(torch.diag(plane)[None] for plane in x)])
