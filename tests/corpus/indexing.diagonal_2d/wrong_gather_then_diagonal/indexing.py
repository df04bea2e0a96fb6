import torch


def diagonal_2d(x):
    everything = torch.arange(x.shape[1], device=x.device).expand(x.shape)
    return torch.gather(x, 1, everything).diagonal()
