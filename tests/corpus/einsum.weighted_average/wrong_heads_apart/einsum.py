import torch


def weighted_average(p, v):
    return torch.einsum("bhqk,bhkd->bqhd", p, v)
