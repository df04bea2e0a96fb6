import torch


def weighted_average(p, v):
    b, h, tq, _ = p.shape
    return torch.einsum("bhqk,bhkd->bqhd", p, v).reshape(b, tq, -1)
