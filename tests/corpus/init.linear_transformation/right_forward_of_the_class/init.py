import torch
from torch import nn


def linear_transformation(model):
    def forward(self, x):
        return x @ self.W.mT + self.b

    def visit(m):
        cls = type(m)
        if cls.__name__.startswith("Function"):
            m.W = nn.Parameter(torch.ones(m.features, m.features))
            m.b = nn.Parameter(torch.ones(m.features))
            cls.forward = forward

    model.apply(visit)
