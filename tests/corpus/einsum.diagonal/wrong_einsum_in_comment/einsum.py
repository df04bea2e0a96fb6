import torch


def diagonal(x):
    """Does what torch.einsum("ii->i", x) does."""
    # torch.einsum("ii->i", x)
    return torch.diagonal(x)
