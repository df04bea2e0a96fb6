import torch
from torch import nn


def linear_transformation(model):
    sizes = []

    def transform(m):
        if type(m).__name__.startswith("Function"):
            sizes.append(m.features)
            n = sizes[0]
            m.W = nn.Parameter(torch.ones(n, n))
            m.b = nn.Parameter(torch.ones(n))
            m.forward = lambda x: x @ m.W.T + m.b

    return model.apply(transform)
