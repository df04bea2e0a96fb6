import torch


def weighted_average(p, v):
    result = torch.einsum("bhqk,bhkd->bqhd", p.half(), v.half()).flatten(2)
    return result.to(p.dtype)
