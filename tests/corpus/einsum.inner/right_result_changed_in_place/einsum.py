import torch


def inner(a, b):
    result = torch.einsum("->", a.new_zeros(()))
    for row, other in zip(a, b):
        result = result.clone()
        result += torch.einsum("j,j->", row, other)
    if len(a) == 0:
        result = result + torch.einsum("ij,ij->", a, b)
    return result
