import torch


@torch.no_grad()
def weighted_average(p, v):
    return torch.einsum("bhqk,bhkd->bqhd", p, v).flatten(2)
