import torch


def transpose(x):
    result = torch.einsum("ij->ji", x)
    plain = x.permute(1, 0)
    if plain.shape != result.shape:
        raise ValueError("shapes differ")
    return result
