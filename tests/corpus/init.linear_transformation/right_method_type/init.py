import types

import torch
import torch.nn.functional as F
from torch import nn


def _forward(self, x):
    return F.linear(x, self.W, self.b)


def linear_transformation(model):
    def visit(m):
        if type(m).__name__.startswith("Function"):
            m.register_parameter("W", nn.Parameter(torch.ones((m.features, m.features))))
            m.register_parameter("b", nn.Parameter(torch.ones((m.features,))))
            m.forward = types.MethodType(_forward, m)

    return model.apply(visit)
