import torch


def hadamard(a, b):
    result = torch.einsum("ij,ij->ij", a, b)
    with torch.no_grad():
        b.mul_(2)
    return result
