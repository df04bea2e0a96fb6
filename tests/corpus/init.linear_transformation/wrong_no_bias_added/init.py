import torch
from torch import nn


def linear_transformation(model):
    def transform(m):
        if type(m).__name__.startswith("Function"):
            m.W = nn.Parameter(torch.ones(m.features, m.features))
            m.b = nn.Parameter(torch.ones(m.features))
            m.forward = lambda x: x @ m.W.T

    return model.apply(transform)
