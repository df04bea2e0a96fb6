import torch
from torch import nn


def linear_transformation(model):
    def visit(m):
        if m.__class__.__name__.startswith("Function"):
            n = m.features
            m.W = nn.Parameter(torch.ones(n, n))
            m.b = nn.Parameter(torch.ones(n))

            def forward(x):
                return torch.matmul(x, m.W.t()) + m.b

            m.forward = forward

    model.apply(visit)
