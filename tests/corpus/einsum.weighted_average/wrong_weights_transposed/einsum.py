import torch


def weighted_average(p, v):
    return torch.einsum("bhkq,bhkd->bqhd", p, v).flatten(2)
