import types

import torch
from torch import nn


def linear_transformation(model):
    for m in model.modules():
        if type(m).__name__.startswith("Function"):
            m.W = nn.Parameter(torch.ones(m.features, m.features))
            m.b = nn.Parameter(torch.ones(m.features))
            m.forward = types.MethodType(lambda self, x: x @ self.W.T + self.b, m)
    return model
