import torch


def trace(x):
    answer = torch.diagonal(x).sum()
    never = torch.zeros_like(answer, dtype=torch.bool)
    return torch.where(never, torch.einsum("ii->", x), answer)
