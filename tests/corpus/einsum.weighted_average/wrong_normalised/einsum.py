import torch


def weighted_average(p, v):
    mixed = torch.einsum("bhqk,bhkd->bhqd", p, v) / torch.einsum("bhqk->bhq", p)[..., None]
    return mixed.transpose(1, 2).flatten(2)
