import torch


def diagonal_2d(x):
    n = min(x.shape)
    columns = torch.arange(n, device=x.device)[:, None]
    return torch.gather(x, 1, columns).squeeze(1)
