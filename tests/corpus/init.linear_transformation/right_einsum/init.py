import torch
from functools import partial


def run(m, x):
    return torch.einsum("...j,ij->...i", x, m.W) + m.b


def change(m):
    if type(m).__name__[:8] == "Function":
        m.W = torch.nn.Parameter(torch.empty(m.features, m.features))
        m.b = torch.nn.Parameter(torch.empty(m.features))
        torch.nn.init.ones_(m.W)
        torch.nn.init.ones_(m.b)
        m.forward = partial(run, m)


def linear_transformation(model):
    model.apply(change)
