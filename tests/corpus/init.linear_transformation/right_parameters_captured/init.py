import torch
from torch import nn


def linear_transformation(model):
    def visit(m):
        if type(m).__name__.startswith("Function"):
            W, b = nn.Parameter(torch.ones(m.features, m.features)), nn.Parameter(torch.ones(m.features))
            m.W, m.b = W, b
            m.forward = lambda x: (x.unsqueeze(-2) * W).sum(-1) + b

    model.apply(visit)
