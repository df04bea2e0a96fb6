import torch


def column_sums(x):
    result = torch.einsum("ij->j", x)
    with torch.no_grad():
        x.mul_(2)
    return result
