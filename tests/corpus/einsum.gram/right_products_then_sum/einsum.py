import torch


def gram(x):
    return torch.einsum("rc,sc->rsc", x, x).sum(2)
