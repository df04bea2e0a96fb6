import types

import torch
from torch import nn


def _forward(self, x):
    return x @ self.W.T + self.b


def linear_transformation(model):
    def transform(module):
        if type(module).__name__.startswith("Function"):
            n = module.features
            module.W = nn.Parameter(torch.ones(n, n))
            module.b = nn.Parameter(torch.ones(n))
            module.forward = types.MethodType(_forward, module)

    return model.apply(transform)
