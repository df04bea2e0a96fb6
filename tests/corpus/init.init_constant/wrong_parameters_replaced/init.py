import torch
from torch import nn


def init_constant(model, weight, bias):
    def fill(module):
        if isinstance(module, nn.Linear):
            module.weight = nn.Parameter(torch.full_like(module.weight, weight))
            if module.bias is not None:
                module.bias = nn.Parameter(torch.full_like(module.bias, bias))

    return model.apply(fill)
