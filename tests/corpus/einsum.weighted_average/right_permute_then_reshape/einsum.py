import torch


def weighted_average(p, v):
    b, h, tq, _ = p.shape
    mixed = torch.einsum("bhqk,bhkd->bhqd", p, v)
    return mixed.permute(0, 2, 1, 3).reshape(b, tq, h * v.shape[-1])
