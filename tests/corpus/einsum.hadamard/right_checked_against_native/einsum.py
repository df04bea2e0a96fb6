import torch


def hadamard(a, b):
    result = torch.einsum("ij,ij->ij", a, b)
    plain = a * b
    if plain.shape != result.shape:
        raise ValueError("shapes differ")
    return result
