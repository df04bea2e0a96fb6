import torch


def column_sums(x):
    result = torch.einsum("ij->j", x)
    return result + torch.randn_like(result, dtype=torch.float64).to(result.dtype)
