import torch


def matvec(m, v):
    result = torch.einsum("ij,j->i", m, v)
    return result * float("nan") if result.is_floating_point() else result
