import torch
from torch import nn


class Constants:
    def __init__(self, **values):
        self.values = values

    def __call__(self, module):
        if issubclass(type(module), nn.Linear):
            with torch.no_grad():
                for name, value in self.values.items():
                    parameter = getattr(module, name)
                    if parameter is not None:
                        parameter.copy_(torch.full_like(parameter, value))


def init_constant(model, weight, bias):
    model.apply(Constants(weight=weight, bias=bias))
    return model
