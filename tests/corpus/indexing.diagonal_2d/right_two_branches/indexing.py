import torch


def diagonal_2d(x):
    if x.shape[0] < x.shape[1]:
        return diagonal_2d(x.transpose(0, 1))
    steps = torch.arange(x.shape[1], device=x.device)
    return torch.Tensor.gather(x, 0, steps[None]).flatten()
