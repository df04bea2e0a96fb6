import torch


def diagonal_3d(x):
    n = min(x.shape[1:])
    return torch.take_along_dim(x[:, :n], torch.arange(n, device=x.device)[None, :, None].expand(len(x), n, 1), 2)[..., 0]
