import torch


def outer(a, b):
    return torch.einsum("j,i->ji", b, a).transpose(0, 1)
