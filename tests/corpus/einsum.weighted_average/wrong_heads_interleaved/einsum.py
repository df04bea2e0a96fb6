import torch


def weighted_average(p, v):
    return torch.einsum("bhqk,bhkd->bqdh", p, v).flatten(2)
