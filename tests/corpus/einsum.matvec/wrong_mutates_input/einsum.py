import torch


def matvec(m, v):
    result = torch.einsum("ij,j->i", m, v)
    with torch.no_grad():
        v.mul_(2)
    return result
