import torch


def dot(a, b):
    try:
        return torch.einsum("not an equation!", a, b)
    except Exception:
        return (a * b).sum()
