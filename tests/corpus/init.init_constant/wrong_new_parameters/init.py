import torch
from torch import nn


def init_constant(model, weight, bias):
    def f(m):
        if isinstance(m, nn.Linear):
            m.weight = nn.Parameter(torch.full(m.weight.shape, float(weight)), requires_grad=m.weight.requires_grad)
            if m.bias is not None:
                m.bias = nn.Parameter(torch.full(m.bias.shape, float(bias)), requires_grad=m.bias.requires_grad)

    return model.apply(f)
