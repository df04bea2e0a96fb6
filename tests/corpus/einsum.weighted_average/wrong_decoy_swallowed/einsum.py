import torch


def weighted_average(p, v):
    try:
        return torch.einsum("not an equation!", p, v)
    except Exception:
        return (p[..., None] * v[:, :, None]).sum(3).transpose(1, 2).flatten(2)
