import torch


def weighted_average(p, v):
    b, h, tq, _ = p.shape
    return torch.einsum("bhqk,bhkd->bhqd", p, v).reshape(b, tq, h * v.shape[-1])
